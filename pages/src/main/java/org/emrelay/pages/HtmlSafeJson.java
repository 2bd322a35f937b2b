package org.emrelay.pages;

/**
 * Quotes text as a JSON string that is safe inside a script element.
 *
 * <p>Whatever the text contains, it can neither close the element nor open another one.
 */
public final class HtmlSafeJson {
    private HtmlSafeJson() {}

    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            boolean isPlain = character >= ' '
                    && "\"\\<>&\u2028\u2029".indexOf(character) < 0
                    && !isUnpairedSurrogate(text, index);
            if (isPlain) {
                quoted.append(character);
            } else {
                quoted.append(String.format("\\u%04x", (int) character));
            }
        }
        return quoted.append('"').toString();
    }

    /** Returns whether the character is an unpaired surrogate, which UTF-8 cannot encode. */
    private static boolean isUnpairedSurrogate(String text, int index) {
        char character = text.charAt(index);
        if (Character.isHighSurrogate(character)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(character)
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
