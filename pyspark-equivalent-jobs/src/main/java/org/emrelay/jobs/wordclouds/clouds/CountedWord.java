package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Objects;

/** A row of the counts table; the share is 0 if the table has none. */
record CountedWord(int year, String text, double count, double share) implements Serializable {
    private static final long serialVersionUID = 1L;

    CountedWord {
        Objects.requireNonNull(text, "text");
    }
}
