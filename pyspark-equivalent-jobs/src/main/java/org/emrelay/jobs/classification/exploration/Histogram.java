package org.emrelay.jobs.classification.exploration;

import java.util.List;

/**
 * Counts of values in bins of equal width.
 *
 * @param binWidth bin i counts values from i × binWidth, inclusive, to (i + 1) × binWidth, exclusive
 * @param counts the last bin also counts all larger values
 */
public record Histogram(int binWidth, List<Long> counts) {
    public Histogram {
        if (binWidth < 1) {
            throw new IllegalArgumentException("bin width must be positive: " + binWidth);
        }
        counts = List.copyOf(counts);
    }
}
