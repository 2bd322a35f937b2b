package org.emrelay.sqlscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits a SQL text into tokens by the rules of Spark's parser. Comments are skipped.
 *
 * <p>Spark's rules: a backslash escapes in strings, but not in raw ones ({@code r'…'}); two backticks stand for one; comments in
 * brackets nest; a line comment that ends in a backslash continues; a hint ({@code /*+}) is not a comment.
 */
final class SqlLexer {
    private final String text;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int position;
    private @Nullable SqlFault fault;

    private SqlLexer(String text) {
        this.text = text;
    }

    /**
     * The tokens of a text.
     *
     * @param fault something that is never closed, which ends the tokens
     */
    record Tokens(List<SqlToken> tokens, Optional<SqlFault> fault) {
        Tokens {
            tokens = List.copyOf(tokens);
        }
    }

    static Tokens read(SqlText text) {
        SqlLexer lexer = new SqlLexer(text.text());
        while (lexer.position < lexer.text.length() && lexer.fault == null) {
            lexer.next(text);
        }
        return new Tokens(lexer.tokens, Optional.ofNullable(lexer.fault));
    }

    private void next(SqlText source) {
        int start = position;
        char first = text.charAt(position);
        if (Character.isWhitespace(first)) {
            position++;
        } else if (text.startsWith("--", position)) {
            skipLineComment();
        } else if (startsComment(position)) {
            if (!skipComment()) {
                fault = unclosed(source, start, "comment", "*/");
            }
        } else if (isRawString()) {
            position++;
            quoted(source, SqlToken.Kind.STRING, start, false);
        } else if (first == '\'' || first == '"') {
            quoted(source, SqlToken.Kind.STRING, start, true);
        } else if (first == '`') {
            // Two backticks for one need no rule: they are read as two adjacent names.
            quoted(source, SqlToken.Kind.QUOTED_NAME, start, false);
        } else if (isWordCharacter(first)) {
            while (position < text.length() && isWordCharacter(text.charAt(position))) {
                position++;
            }
            tokens.add(new SqlToken(SqlToken.Kind.WORD, start, position));
        } else {
            position++;
            tokens.add(new SqlToken(SqlToken.Kind.SYMBOL, start, position));
        }
    }

    private void skipLineComment() {
        int end = text.indexOf('\n', position);
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end = text.indexOf('\n', end + 1);
        }
        position = end < 0 ? text.length() : end + 1;
    }

    private boolean startsComment(int offset) {
        return text.startsWith("/*", offset) && !text.startsWith("/*+", offset);
    }

    /** Returns false at the end of the text. */
    private boolean skipComment() {
        int depth = 0;
        do {
            if (startsComment(position)) {
                depth++;
                position += 2;
            } else if (text.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < text.length());
        return depth == 0;
    }

    private boolean isRawString() {
        return (text.charAt(position) == 'r' || text.charAt(position) == 'R')
                && position + 1 < text.length()
                && (text.charAt(position + 1) == '\'' || text.charAt(position + 1) == '"');
    }

    private void quoted(SqlText source, SqlToken.Kind kind, int start, boolean escapes) {
        char quote = text.charAt(position);
        position++;
        while (position < text.length() && text.charAt(position) != quote) {
            position += escapes && text.charAt(position) == '\\' ? 2 : 1;
        }
        if (position >= text.length()) {
            String what = kind == SqlToken.Kind.STRING ? "string" : "name";
            fault = unclosed(source, start, what, String.valueOf(quote));
            return;
        }
        position++;
        tokens.add(new SqlToken(kind, start, position));
    }

    private static SqlFault unclosed(SqlText source, int start, String what, String end) {
        return new SqlFault(source.position(start), "this " + what + " is never closed. Add " + end + ".");
    }

    private static boolean isWordCharacter(char character) {
        return character == '_' || Character.isLetterOrDigit(character);
    }
}
