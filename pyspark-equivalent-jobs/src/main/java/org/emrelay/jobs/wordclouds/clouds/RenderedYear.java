package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** The result of drawing one year: the placements of its words, empty if there was nothing to draw. */
record RenderedYear(YearWords words, List<Placement> placements, int undrawable) implements Serializable {
    private static final long serialVersionUID = 1L;

    RenderedYear {
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
