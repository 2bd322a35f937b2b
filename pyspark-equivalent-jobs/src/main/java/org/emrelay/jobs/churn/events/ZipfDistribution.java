package org.emrelay.jobs.churn.events;

import java.util.Arrays;
import org.emrelay.jobs.random.KeyedRandom;

/** Draws ranks from a Zipf–Mandelbrot distribution: rank n has weight (n + shift)^-steepness. */
final class ZipfDistribution {
    private final double[] cumulativeWeights;

    ZipfDistribution(int size, double shift, double steepness) {
        cumulativeWeights = new double[size];
        double sum = 0;
        for (int rank = 0; rank < size; rank++) {
            sum += StrictMath.pow(rank + 1 + shift, -steepness);
            cumulativeWeights[rank] = sum;
        }
    }

    /** Draws a rank, starting at 0. */
    int choose(KeyedRandom random) {
        int found = Arrays.binarySearch(
                cumulativeWeights, random.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1]);
        int rank = found < 0 ? -found - 1 : found + 1;
        // Rounding can push the largest draw past the last weight.
        return Math.min(rank, cumulativeWeights.length - 1);
    }
}
