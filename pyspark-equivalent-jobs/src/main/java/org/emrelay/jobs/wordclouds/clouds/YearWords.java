package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.List;

/** A year's heaviest words, and the weight of all its words: with more titles a year, every count grows, but no share does. */
record YearWords(int year, double total, List<WeightedWord> words) implements Serializable {
    private static final long serialVersionUID = 1L;

    YearWords {
        words = List.copyOf(words);
    }

    double share(WeightedWord word) {
        return total > 0 ? word.count() / total : 0;
    }

    /** As people write it: there is no minus in history. */
    static String label(int year) {
        return year < 0 ? -(long) year + " BC" : Integer.toString(year);
    }
}
