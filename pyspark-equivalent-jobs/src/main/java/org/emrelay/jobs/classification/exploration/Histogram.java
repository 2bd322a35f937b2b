package org.emrelay.jobs.classification.exploration;

import java.util.List;

/**
 * How many there are of each size.
 *
 * @param width place i counts sizes from i widths up to, but without, the next
 * @param counts the last counts all larger ones too
 */
public record Histogram(int width, List<Long> counts) {
    public Histogram {
        if (width < 1) {
            throw new IllegalArgumentException("a place of width " + width);
        }
        counts = List.copyOf(counts);
    }
}
