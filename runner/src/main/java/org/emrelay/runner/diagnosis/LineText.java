package org.emrelay.runner.diagnosis;

import java.util.regex.Pattern;

/** Cleans log lines: removes colors and overwritten text, and truncates. */
final class LineText {
    static final int MAX_LENGTH = 4000;

    private static final int MAX_DISPLAY_LENGTH = 500;
    private static final Pattern ANSI_ESCAPE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\uFFFD]+");

    private LineText() {}

    static String clean(String raw) {
        String text = visible(raw.length() > MAX_LENGTH ? raw.substring(0, MAX_LENGTH) : raw);
        return text.indexOf('\u001b') >= 0 ? ANSI_ESCAPE.matcher(text).replaceAll("") : text;
    }

    /** What a terminal would show: text after a lone carriage return overwrites the line, as in Spark's progress bar. */
    static String visible(String text) {
        if (text.indexOf('\r') < 0) {
            return text;
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(text.lastIndexOf('\r', end - 1) + 1, end);
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character == '\u007f' || character == '\uFFFD') {
                return false;
            }
        }
        return true;
    }

    /** One line of a message, printable and at most {@value #MAX_DISPLAY_LENGTH} characters long. */
    static String forDisplay(String text) {
        String plain = (isPrintable(text) ? text : UNPRINTABLE.matcher(text).replaceAll(" ")).strip();
        return plain.length() <= MAX_DISPLAY_LENGTH
                ? plain
                : plain.substring(0, MAX_DISPLAY_LENGTH).stripTrailing() + "…";
    }
}
