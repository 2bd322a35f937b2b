package org.emrelay.runner.diagnosis;

import java.util.Optional;
import org.emrelay.runner.diagnosis.LogHeader.Level;

/**
 * Parses the layouts that nearly every line has, without a regular expression.
 *
 * <p>That is date, time and level, then the logger and a colon: {@code 26/11/29 03:45:12 INFO SparkContext: text}. {@link LogHeader} parses
 * all other layouts, ten times slower.
 */
final class CommonHeader {
    private final String text;
    private int position;

    private CommonHeader(String text) {
        this.text = text;
    }

    /** Empty if the layout is another one; the patterns of {@link LogHeader} then decide. */
    static Optional<LogHeader> parse(String text) {
        return new CommonHeader(text).parse();
    }

    private Optional<LogHeader> parse() {
        if (!skipDate() || !skipTime() || !skipBlanks()) {
            return Optional.empty();
        }
        int start = position;
        skipCapitals();
        String level = level(start, position);
        if (level.isEmpty() || !skipBlanks() || position == text.length() || hasUnusualSpace()) {
            return Optional.empty();
        }
        char first = text.charAt(position);
        return first == '-' || Character.isWhitespace(first) ? Optional.empty() : Optional.of(header(level));
    }

    private LogHeader header(String level) {
        int start = position;
        while (position < text.length() && isLoggerCharacter(text.charAt(position))) {
            position++;
        }
        boolean named = position > start && position - start <= 200 && at(':');
        if (!named) {
            return LogHeader.of(level, text.substring(start));
        }
        String logger = text.substring(start, position);
        position++;
        if (at(' ') || at('\t')) {
            position++;
        }
        return new LogHeader(Level.parse(level), logger, text.substring(position));
    }

    /** A date is optional; true unless there is only a part of one. */
    private boolean skipDate() {
        int digits = digits();
        if (digits == 2 && charAt(2) == ':') {
            return true;
        }
        position = digits;
        boolean date = digits >= 2
                && digits <= 4
                && skipDateSeparator()
                && skipTwoDigits()
                && skipDateSeparator()
                && skipTwoDigits()
                && (at(' ') || at('T'));
        position++;
        return date;
    }

    private int digits() {
        int count = 0;
        while (isDigit(charAt(count))) {
            count++;
        }
        return count;
    }

    private boolean skipDateSeparator() {
        return skip('-') || skip('/');
    }

    private boolean skipTime() {
        return skipTwoDigits() && skip(':') && skipTwoDigits() && skip(':') && skipTwoDigits() && skipFraction();
    }

    private boolean skipFraction() {
        if (!skip('.') && !skip(',')) {
            skip('Z');
            return true;
        }
        int start = position;
        while (isDigit(charAt(position))) {
            position++;
        }
        boolean valid = position > start && position - start <= 9;
        skip('Z');
        return valid;
    }

    private boolean skipTwoDigits() {
        boolean digits = isDigit(charAt(position)) && isDigit(charAt(position + 1));
        position += 2;
        return digits;
    }

    private boolean skipBlanks() {
        int start = position;
        while (at(' ')) {
            position++;
        }
        return position > start;
    }

    private void skipCapitals() {
        while (charAt(position) >= 'A' && charAt(position) <= 'Z') {
            position++;
        }
    }

    private boolean skip(char expected) {
        boolean found = at(expected);
        if (found) {
            position++;
        }
        return found;
    }

    private String level(int start, int end) {
        for (String name : LogHeader.LEVELS) {
            if (name.length() == end - start && text.startsWith(name, start)) {
                return name;
            }
        }
        return "";
    }

    /** A dot of the patterns does not match these. */
    private boolean hasUnusualSpace() {
        return text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0
                || text.indexOf('\u0085') >= 0
                || text.indexOf('\u2028') >= 0
                || text.indexOf('\u2029') >= 0;
    }

    private boolean at(char expected) {
        return charAt(position) == expected;
    }

    /** The character there; NUL behind the end. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLoggerCharacter(char character) {
        return character < 128
                && (Character.isLetterOrDigit(character) || character == '_' || character == '.' || character == '$');
    }
}
