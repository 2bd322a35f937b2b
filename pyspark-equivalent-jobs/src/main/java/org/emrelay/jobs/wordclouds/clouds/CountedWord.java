package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Objects;

/** A row of the counts: its share is 0 where the table does not say any. */
record CountedWord(int year, String text, double count, double share) implements Serializable {
    private static final long serialVersionUID = 1L;

    CountedWord {
        Objects.requireNonNull(text, "text");
    }
}
