package org.emrelay.jobs.wordclouds.clouds;

import java.text.BreakIterator;
import java.util.Locale;

/** Shortens a word to a one-line label. */
final class WordLabel {
    private static final int MAX_CHARACTERS = 40;
    // Bounds the work on very long words, with room for combining marks, which need several UTF-16 units per
    // character.
    private static final int MAX_SCANNED_UNITS = 40 * MAX_CHARACTERS;

    private WordLabel() {}

    /** Truncates between characters, never within one. */
    static String of(String word) {
        String line = word.substring(0, Math.min(word.length(), MAX_SCANNED_UNITS))
                .replaceAll("[\\p{Cc}\\s]+", " ")
                .strip();
        if (line.length() <= MAX_CHARACTERS) {
            return line;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(line);
        int end = characters.next(MAX_CHARACTERS - 1);
        return end == BreakIterator.DONE || end >= line.length() - 1 ? line : line.substring(0, end) + "…";
    }
}
