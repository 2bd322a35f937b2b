package org.emrelay.jobs.topics.page;

import org.emrelay.pages.Html;

/** Makes texts from posts fit for the page: whatever is in them, they stay text of bounded length. */
final class SafeText {
    private static final int MAX_NAME = 80;
    private static final int MAX_TERM = 40;

    private SafeText() {}

    /** Text without control characters, which HTML does not allow, clipped to a number of code points. */
    static String clipped(String text, int length) {
        StringBuilder clipped = new StringBuilder();
        int kept = 0;
        for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
            int character = text.codePointAt(index);
            if (kept == length) {
                return clipped.toString().strip() + "…";
            }
            boolean isAllowed = character == '\n' || (!Character.isISOControl(character) && !isSurrogate(character));
            clipped.appendCodePoint(isAllowed ? character : ' ');
            kept++;
        }
        return clipped.toString();
    }

    /** Whether half of a pair is missing: UTF-8 cannot encode it. */
    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /** A text whose direction of writing does not affect what is beside it. */
    static String html(String text, int length) {
        return "<bdi>" + Html.escape(clipped(text, length)) + "</bdi>";
    }

    static String name(String name) {
        return clipped(name, MAX_NAME);
    }

    static String term(String term) {
        return clipped(term, MAX_TERM);
    }
}
