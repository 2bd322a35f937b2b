package org.emrelay.runner.diagnosis;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Searches a text for several phrases at once, ignoring case. A slow pattern is tried only where one occurs. */
final class Phrases {
    private static final int ASCII = 128;
    private static final int MIN_LENGTH = 3;

    /** A phrase that has a pair of characters at an index. */
    private record Occurrence(String phrase, int index) {
        boolean isAt(String text, int at) {
            return text.regionMatches(true, at - index, phrase, 0, phrase.length());
        }
    }

    /** By pairs of characters. */
    private final Occurrence[][] occurrences = new Occurrence[ASCII * ASCII][];

    /** The pairs of characters that occur, a bit each: small enough for the processor's nearest cache. */
    private final long[] pairs = new long[ASCII * ASCII / Long.SIZE];

    private Phrases() {}

    /** @param texts of ASCII, at least three characters each */
    static Phrases of(String... texts) {
        Phrases all = new Phrases();
        for (String text : texts) {
            if (text.length() < MIN_LENGTH) {
                throw new IllegalArgumentException("too short: " + text);
            }
            String phrase = text.toLowerCase(Locale.ROOT);
            all.add(new Occurrence(phrase, 0));
            all.add(new Occurrence(phrase, 1));
        }
        return all;
    }

    private void add(Occurrence added) {
        int pair = pair(added.phrase(), added.index());
        Occurrence[] known = contains(pair) ? occurrences[pair] : new Occurrence[0];
        occurrences[pair] =
                Stream.concat(Arrays.stream(known), Stream.of(added)).toArray(Occurrence[]::new);
        pairs[pair / Long.SIZE] |= 1L << pair;
    }

    /** Looks at every second pair of characters, of which each phrase has one. */
    boolean occurIn(String text) {
        for (int at = 0; at < text.length() - 1; at += 2) {
            int pair = pair(text, at);
            if (contains(pair) && isAnyAt(text, at, occurrences[pair])) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(int pair) {
        return (pairs[pair / Long.SIZE] & 1L << pair) != 0;
    }

    private static boolean isAnyAt(String text, int at, Occurrence[] possible) {
        for (Occurrence occurrence : possible) {
            if (occurrence.isAt(text, at)) {
                return true;
            }
        }
        return false;
    }

    private static int pair(String text, int at) {
        return lower(text.charAt(at)) * ASCII + lower(text.charAt(at + 1));
    }

    private static int lower(char character) {
        int ascii = character & (ASCII - 1);
        return ascii >= 'A' && ascii <= 'Z' ? ascii + 'a' - 'A' : ascii;
    }
}
