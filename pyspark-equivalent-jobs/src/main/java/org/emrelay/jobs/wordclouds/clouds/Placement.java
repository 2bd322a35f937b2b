package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Objects;

/** The bounding box of a word in the image of its year, in pixels. */
record Placement(String word, int x, int y, int width, int height) implements Serializable {
    private static final long serialVersionUID = 1L;

    Placement {
        Objects.requireNonNull(word, "word");
    }
}
