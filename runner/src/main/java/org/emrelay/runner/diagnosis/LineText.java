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
        String text = raw.length() > MAX_LENGTH ? raw.substring(0, MAX_LENGTH) : raw;
        if (text.indexOf('\r') >= 0) {
            text = afterCarriageReturns(text);
        }
        return text.indexOf('\u001b') >= 0 ? ANSI_ESCAPE.matcher(text).replaceAll("") : text;
    }

    private static String afterCarriageReturns(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(text.lastIndexOf('\r', end - 1) + 1, end);
    }

    /** One line of a message, printable and at most {@value #MAX_DISPLAY_LENGTH} characters long. */
    static String forDisplay(String text) {
        String plain = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return plain.length() <= MAX_DISPLAY_LENGTH
                ? plain
                : plain.substring(0, MAX_DISPLAY_LENGTH).stripTrailing() + "…";
    }
}
