package org.emrelay.sqlscript;

import java.util.Objects;

/** The text of a SQL file. */
public record SqlText(String text) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public SqlText {
        Objects.requireNonNull(text, "text");
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
    }

    public SqlPosition position(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int newline = text.indexOf('\n'); newline >= 0 && newline < offset; ) {
            line++;
            lineStart = newline + 1;
            newline = text.indexOf('\n', lineStart);
        }
        return new SqlPosition(line, offset - lineStart + 1);
    }

    /** A part of the text with blanks around it, so that Spark counts lines and columns as in the whole file. */
    String inPlace(int start, int end) {
        return blank(text.substring(0, start)) + text.substring(start, end) + blank(text.substring(end));
    }

    private static String blank(String part) {
        return part.replaceAll("[^\\r\\n]", " ");
    }

    String of(SqlToken token) {
        return text.substring(token.start(), token.end());
    }
}
