package org.emrelay.jobs.classification.inmemory;

import java.util.stream.IntStream;
import org.emrelay.jobs.random.KeyedRandom;

/** Draws random samples of row numbers, in ascending order. */
final class RowSample {
    private RowSample() {}

    static int[] withReplacement(int rows, double rate, KeyedRandom random) {
        int size = (int) Math.max(1, Math.round(rows * rate));
        int[] draws = new int[rows];
        for (int draw = 0; draw < size; draw++) {
            draws[random.nextBelow(rows)]++;
        }
        int[] sample = new int[size];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            for (int draw = 0; draw < draws[row]; draw++) {
                sample[next++] = row;
            }
        }
        return sample;
    }

    static int[] withoutReplacement(int rows, double rate, KeyedRandom random) {
        int size = (int) Math.max(1, Math.round(rows * rate));
        if (size == rows) {
            return IntStream.range(0, rows).toArray();
        }
        int[] sample = new int[size];
        int next = 0;
        // Selection sampling: each row is drawn with the probability that completes the sample.
        for (int row = 0; next < size; row++) {
            if (random.nextBelow(rows - row) < size - next) {
                sample[next++] = row;
            }
        }
        return sample;
    }
}
