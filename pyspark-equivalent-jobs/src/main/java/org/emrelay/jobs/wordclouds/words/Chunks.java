package org.emrelay.jobs.wordclouds.words;

import java.util.function.Consumer;

/** What stands between the spaces of a text, as Spark NLP's tokenizer sees spaces: six characters of ASCII and no other. */
final class Chunks {
    private Chunks() {}

    static void forEach(String text, Consumer<String> action) {
        int start = 0;
        for (int index = 0; index <= text.length(); index++) {
            if (index == text.length() || isSpace(text.charAt(index))) {
                if (index > start) {
                    action.accept(text.substring(start, index));
                }
                start = index + 1;
            }
        }
    }

    /** What {@code \s} means in Java's patterns. */
    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
