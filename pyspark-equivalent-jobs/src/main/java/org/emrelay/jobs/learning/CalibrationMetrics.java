package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Calibration of predicted probabilities: Brier score, log loss and reliability curve.
 *
 * @param expectedCalibrationError the mean absolute difference between a bin's mean probability and observed rate,
 *     weighted by rows
 * @param bins the reliability curve: bins of about equal size, from the lowest probability; ties share a bin
 */
public record CalibrationMetrics(double brier, double logLoss, double expectedCalibrationError, List<Bin> bins) {
    /** Keeps the log loss finite if a row with probability 0 is positive. */
    private static final double MIN_PROBABILITY = Math.ulp(1.0);

    private static final int ROWS_PER_BIN = 40;
    private static final int MIN_BINS = 3;
    private static final int MAX_BINS = 10;

    /**
     * One bin of the reliability curve.
     *
     * @param observedRate the share of positive rows
     */
    public record Bin(double meanProbability, double observedRate, long rows) {}

    public CalibrationMetrics {
        bins = List.copyOf(bins);
    }

    public static CalibrationMetrics of(double[] probabilities, boolean[] positive) {
        double squaredErrors = 0;
        double logLosses = 0;
        for (int row = 0; row < probabilities.length; row++) {
            double error = positive[row] ? 1 - probabilities[row] : probabilities[row];
            squaredErrors += error * error;
            logLosses -= Math.log(Math.max(MIN_PROBABILITY, 1 - error));
        }
        List<Bin> bins = bins(probabilities, positive);
        double binError = bins.stream()
                .mapToDouble(bin -> bin.rows() * Math.abs(bin.meanProbability() - bin.observedRate()))
                .sum();
        double rows = probabilities.length;
        return new CalibrationMetrics(squaredErrors / rows, logLosses / rows, binError / rows, bins);
    }

    private static List<Bin> bins(double[] probabilities, boolean[] positive) {
        int[] order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> probabilities[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        int binCount = Math.max(MIN_BINS, Math.min(MAX_BINS, order.length / ROWS_PER_BIN));
        List<Bin> bins = new ArrayList<>();
        int from = 0;
        for (int bin = 1; bin <= binCount; bin++) {
            int to = Math.max(from, (int) ((long) bin * order.length / binCount));
            while (to > from && to < order.length && probabilities[order[to]] == probabilities[order[to - 1]]) {
                to++;
            }
            if (to > from) {
                bins.add(bin(probabilities, positive, order, from, to));
            }
            from = to;
        }
        return bins;
    }

    private static Bin bin(double[] probabilities, boolean[] positive, int[] order, int from, int to) {
        double probabilitySum = 0;
        long positives = 0;
        for (int index = from; index < to; index++) {
            probabilitySum += probabilities[order[index]];
            positives += positive[order[index]] ? 1 : 0;
        }
        long rows = (long) to - from;
        return new Bin(probabilitySum / rows, positives / (double) rows, rows);
    }
}
