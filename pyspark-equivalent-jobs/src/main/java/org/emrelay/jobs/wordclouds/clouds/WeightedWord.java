package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/** A word with how often it stood in a year's titles. */
record WeightedWord(String text, double count) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Among equals the alphabet decides, so that the same counts always give the same picture. */
    static final Comparator<WeightedWord> HEAVIEST_FIRST =
            Comparator.comparingDouble(WeightedWord::count).reversed().thenComparing(WeightedWord::text);

    WeightedWord {
        Objects.requireNonNull(text, "text");
    }
}
