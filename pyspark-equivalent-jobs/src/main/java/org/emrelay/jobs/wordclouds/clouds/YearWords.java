package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.List;

/** The most frequent words of a year and the total count of all its words, to compute shares. */
record YearWords(int year, double total, List<WeightedWord> words) implements Serializable {
    private static final long serialVersionUID = 1L;

    YearWords {
        words = List.copyOf(words);
    }

    double share(WeightedWord word) {
        return total > 0 ? word.count() / total : 0;
    }

    /** Formats a year; years before 1 are written as BC. */
    static String label(int year) {
        return year < 0 ? -(long) year + " BC" : Integer.toString(year);
    }
}
