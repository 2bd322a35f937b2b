package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** What a task tells of the year that it drew: where each word stands; nowhere, if there was nothing to draw. */
record DrawnYear(YearWords words, List<Placement> placements, int undrawable) implements Serializable {
    private static final long serialVersionUID = 1L;

    DrawnYear {
        Objects.requireNonNull(words, "words");
        placements = List.copyOf(placements);
    }

    boolean isDrawn() {
        return !placements.isEmpty();
    }

    int year() {
        return words.year();
    }

    String label() {
        return YearWords.label(words.year());
    }

    String fileName() {
        return words.year() + ".png";
    }
}
