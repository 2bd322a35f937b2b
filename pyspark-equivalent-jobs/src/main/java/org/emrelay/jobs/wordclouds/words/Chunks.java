package org.emrelay.jobs.wordclouds.words;

import java.util.function.Consumer;

/** Splits text at whitespace, as Spark NLP's tokenizer does: at the six ASCII whitespace characters only. */
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

    /** Matches {@code \s} of Java regular expressions. */
    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
