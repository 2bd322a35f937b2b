package org.emrelay.runner.diagnosis;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Searches a text for several phrases at once, ignoring case. A slow pattern is tried only where one occurs. */
final class Phrases {
    private static final int ASCII = 128;
    private static final String[] NONE = {};

    /** By the first two characters. */
    private final String[][] phrases = new String[ASCII * ASCII][];

    private Phrases() {
        Arrays.fill(phrases, NONE);
    }

    /** @param texts of ASCII, at least two characters each */
    static Phrases of(String... texts) {
        Phrases all = new Phrases();
        for (String text : texts) {
            String phrase = text.toLowerCase(Locale.ROOT);
            int pair = pair(phrase.charAt(0), phrase.charAt(1));
            all.phrases[pair] = Stream.concat(Arrays.stream(all.phrases[pair]), Stream.of(phrase))
                    .toArray(String[]::new);
        }
        return all;
    }

    boolean occurIn(String text) {
        char previous = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = lower(text.charAt(at));
            String[] possible = phrases[pair(previous, character)];
            if (possible.length > 0 && startsWithAny(text, at - 1, possible)) {
                return true;
            }
            previous = character;
        }
        return false;
    }

    private static boolean startsWithAny(String text, int at, String[] possible) {
        for (String phrase : possible) {
            if (text.regionMatches(true, at, phrase, 0, phrase.length())) {
                return true;
            }
        }
        return false;
    }

    private static int pair(char first, char second) {
        return (first & (ASCII - 1)) * ASCII + (second & (ASCII - 1));
    }

    private static char lower(char character) {
        return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
    }
}
