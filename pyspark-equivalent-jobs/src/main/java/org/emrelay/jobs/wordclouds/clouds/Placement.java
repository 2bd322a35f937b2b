package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Objects;

/** Where in its year's picture a word stands, in pixels. */
record Placement(String word, int x, int y, int width, int height) implements Serializable {
    private static final long serialVersionUID = 1L;

    Placement {
        Objects.requireNonNull(word, "word");
    }
}
