package org.emrelay.jobs.wordclouds.clouds;

import java.text.BreakIterator;
import java.util.Locale;

/** How a word is shown: on one line, and not longer than an eye takes in at once. */
final class Label {
    private static final int MOST_LETTERS = 40;
    // As many UTF-16 units as letters with all their marks could ever be worth looking through.
    private static final int LOOKED_AT = 40 * MOST_LETTERS;

    private Label() {}

    /** Of 10,000 letters in a row, those at the beginning; cut between letters, never inside of one. */
    static String of(String word) {
        String line = word.substring(0, Math.min(word.length(), LOOKED_AT))
                .replaceAll("[\\p{Cc}\\s]+", " ")
                .strip();
        if (line.length() <= MOST_LETTERS) {
            return line;
        }
        BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(line);
        int end = letters.next(MOST_LETTERS - 1);
        return end == BreakIterator.DONE || end >= line.length() - 1 ? line : line.substring(0, end) + "…";
    }
}
