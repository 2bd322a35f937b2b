package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/** A word with its count in the titles of a year. */
record WeightedWord(String text, double count) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Ties are broken alphabetically, so equal counts always give the same image. */
    static final Comparator<WeightedWord> HEAVIEST_FIRST =
            Comparator.comparingDouble(WeightedWord::count).reversed().thenComparing(WeightedWord::text);

    WeightedWord {
        Objects.requireNonNull(text, "text");
    }
}
