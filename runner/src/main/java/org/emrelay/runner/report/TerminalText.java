package org.emrelay.runner.report;

import java.util.regex.Pattern;

/** Makes external text safe to print: files, logs, journals and AWS responses may contain anything. */
final class TerminalText {
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    private TerminalText() {}

    /**
     * Shows control and bidirectional characters as escapes such as {@code \u001b}. Line feeds and tabs remain.
     *
     * <p>JSON has the same escapes, so its strings keep their meaning; these characters occur nowhere else in JSON.
     */
    static CharSequence visible(CharSequence text) {
        int length = text.length();
        int first = 0;
        while (first < length && !isUnsafe(text.charAt(first))) {
            first++;
        }
        if (first == length) {
            return text;
        }
        StringBuilder visible = new StringBuilder(length + 16).append(text, 0, first);
        for (int i = first; i < length; i++) {
            char character = text.charAt(i);
            if (!isUnsafe(character)) {
                visible.append(character);
            } else if (character != '\r') {
                visible.append(String.format("\\u%04x", (int) character));
            }
        }
        return visible;
    }

    /** Puts a text on one line, so that it cannot imitate lines of the report around it. */
    static String line(String text) {
        return visible(LINE_BREAK.matcher(text).replaceAll(" ").strip()).toString();
    }

    /** Shortens a line to a width in columns. */
    static String cut(String line, int columns) {
        if (width(line) <= columns) {
            return line;
        }
        int end = 0;
        for (int used = 1; end < line.length(); ) {
            int character = line.codePointAt(end);
            used += width(character);
            if (used > columns) {
                break;
            }
            end += Character.charCount(character);
        }
        return line.substring(0, end) + "…";
    }

    /** Returns the number of columns that a line occupies on a terminal. */
    static int width(String line) {
        return line.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int character) {
        if (character < 0x300) {
            return 1;
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    /** Whether a character takes two columns: East Asian characters and emoji, by their Unicode blocks. */
    private static boolean isWide(int character) {
        return (character >= 0x1100 && character <= 0x115f)
                || (character >= 0x2e80 && character <= 0xa4cf)
                || (character >= 0xac00 && character <= 0xd7a3)
                || (character >= 0xf900 && character <= 0xfaff)
                || (character >= 0xfe30 && character <= 0xfe6f)
                || (character >= 0xff00 && character <= 0xff60)
                || (character >= 0x1f300 && character <= 0x1faff)
                || (character >= 0x20000 && character <= 0x3fffd);
    }

    private static boolean isUnsafe(char character) {
        if (character < ' ') {
            return character != '\n' && character != '\t';
        }
        return character >= '\u007f' && (character <= '\u009f' || changesDirection(character));
    }

    /** Whether a character has the Unicode property Bidi_Control. Includes separators that some programs treat as a line feed. */
    private static boolean changesDirection(char character) {
        return character == '\u061c'
                || character == '\u200e'
                || character == '\u200f'
                || (character >= '\u2028' && character <= '\u202e')
                || (character >= '\u2066' && character <= '\u2069');
    }
}
