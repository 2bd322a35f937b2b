package org.emrelay.runner.diagnosis;

import java.util.regex.Pattern;

/** What a line of a log says once colours, carriage returns and its endless rest are gone. */
final class LineText {
    static final int LONGEST = 4000;

    private static final int LONGEST_SHOWN = 500;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\uFFFD]+");

    private LineText() {}

    static String of(String raw) {
        String text = raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw;
        if (text.indexOf('\r') >= 0) {
            text = afterCarriageReturns(text);
        }
        return text.indexOf('\u001b') >= 0 ? COLOUR.matcher(text).replaceAll("") : text;
    }

    private static String afterCarriageReturns(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(text.lastIndexOf('\r', end - 1) + 1, end);
    }

    /** One line of a message, fit to be shown to a person. */
    static String shown(String text) {
        String plain = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return plain.length() <= LONGEST_SHOWN
                ? plain
                : plain.substring(0, LONGEST_SHOWN).stripTrailing() + "…";
    }
}
