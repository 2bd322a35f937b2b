package org.emrelay.jobs.topics.page;

import org.emrelay.pages.Html;

/** Makes texts from posts safe for the page. Whatever they contain, they remain text of bounded length. */
final class SafeText {
    private static final int MAX_NAME = 80;
    private static final int MAX_TERM = 40;

    private SafeText() {}

    /** Clips a text to a number of code points. Removes control characters, which HTML does not allow. */
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

    /** Whether a code point is an unpaired surrogate, which UTF-8 cannot encode. */
    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /** Returns a text in a {@code bdi} element. Its writing direction does not affect the text around it. */
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
