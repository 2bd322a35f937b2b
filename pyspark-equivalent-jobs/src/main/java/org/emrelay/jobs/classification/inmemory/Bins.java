package org.emrelay.jobs.classification.inmemory;

import java.util.Arrays;

/** The features of a table, divided into bins of about equally many rows. */
final class Bins {
    /** A bin's number fits one byte. */
    static final int MAX = 256;

    private final double[][] thresholds;
    private final byte[][] columns;

    private Bins(double[][] thresholds, byte[][] columns) {
        this.thresholds = thresholds;
        this.columns = columns;
    }

    static Bins of(VectorRows rows, int maxBins) {
        double[][] thresholds = new double[rows.features()][];
        byte[][] columns = new byte[rows.features()][rows.size()];
        double[] values = new double[rows.size()];
        for (int feature = 0; feature < thresholds.length; feature++) {
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.vectors()[row][feature];
            }
            Arrays.sort(values);
            thresholds[feature] = thresholds(values, maxBins);
            for (int row = 0; row < values.length; row++) {
                int found = Arrays.binarySearch(thresholds[feature], rows.vectors()[row][feature]);
                columns[feature][row] = (byte) (found >= 0 ? found : -found - 1);
            }
        }
        return new Bins(thresholds, columns);
    }

    /** Ends a bin as soon as it has its share of the remaining rows: a frequent value gets a bin of its own. */
    private static double[] thresholds(double[] sorted, int maxBins) {
        int distinct = (int) Arrays.stream(sorted).distinct().count();
        double[] thresholds = new double[Math.min(maxBins, distinct) - 1];
        int found = 0;
        int start = 0;
        for (int row = 1; row < sorted.length && found < thresholds.length; row++) {
            long share = (long) (row - start) * (thresholds.length + 1 - found);
            if (sorted[row] > sorted[row - 1] && (distinct <= maxBins || share >= sorted.length - start)) {
                thresholds[found++] = between(sorted[row - 1], sorted[row]);
                start = row;
            }
        }
        return Arrays.copyOf(thresholds, found);
    }

    /** The midpoint, or the lower value where rounding yields the upper one. */
    private static double between(double lower, double upper) {
        double middle = lower / 2 + upper / 2;
        return middle >= lower && middle < upper ? middle : lower;
    }

    /** The thresholds of a feature, ascending: a bin contains the values up to its own, the last bin all others. */
    double[] thresholds(int feature) {
        return thresholds[feature];
    }

    /** A feature's bin in each row, as an unsigned byte. */
    byte[] column(int feature) {
        return columns[feature];
    }

    int features() {
        return columns.length;
    }

    /** The number of a feature's bins. */
    int count(int feature) {
        return thresholds[feature].length + 1;
    }

    int bin(int feature, int row) {
        return columns[feature][row] & 0xFF;
    }
}
