package org.emrelay.jobs.wordclouds.clouds;

/** Text as a JSON string that may stand inside a script element: whatever a title says, it neither ends the element nor begins another. */
final class Json {
    private Json() {}

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            boolean plain = letter >= ' ' && "\"\\<>&\u2028\u2029".indexOf(letter) < 0 && !isAlone(text, at);
            if (plain) {
                quoted.append(letter);
            } else {
                quoted.append(String.format("\\u%04x", (int) letter));
            }
        }
        return quoted.append('"').toString();
    }

    /** Half a letter from beyond the first 65,536: no UTF-8 can hold it. */
    private static boolean isAlone(String text, int at) {
        char letter = text.charAt(at);
        if (Character.isHighSurrogate(letter)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(letter) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
