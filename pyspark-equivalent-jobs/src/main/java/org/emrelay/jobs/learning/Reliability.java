package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether chances are what they say: of rows with a chance of three in ten, do three in ten come true?
 *
 * @param brier the mean squared difference between chances and what came true
 * @param logLoss the mean surprise at what came true
 * @param error how far on average a bin's chances are from its share
 * @param bins of about as many rows each, from the lowest chances up; equal chances are in one bin
 */
public record Reliability(double brier, double logLoss, double error, List<Bin> bins) {
    /** What is called impossible and happens would cost without limit; so far a double is from 0. */
    private static final double LEAST_CHANCE = Math.ulp(1.0);

    private static final int ROWS_OF_A_BIN = 40;
    private static final int FEWEST_BINS = 3;
    private static final int MOST_BINS = 10;

    /**
     * Rows with chances close to one another.
     *
     * @param said the mean of their chances
     * @param cameTrue the share of them that is positive
     */
    public record Bin(double said, double cameTrue, long rows) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    public static Reliability of(double[] chances, boolean[] positive) {
        double squares = 0;
        double surprise = 0;
        for (int row = 0; row < chances.length; row++) {
            double missed = positive[row] ? 1 - chances[row] : chances[row];
            squares += missed * missed;
            surprise -= Math.log(Math.max(LEAST_CHANCE, 1 - missed));
        }
        List<Bin> bins = bins(chances, positive);
        double error = bins.stream()
                .mapToDouble(bin -> bin.rows() * Math.abs(bin.said() - bin.cameTrue()))
                .sum();
        double rows = chances.length;
        return new Reliability(squares / rows, surprise / rows, error / rows, bins);
    }

    private static List<Bin> bins(double[] chances, boolean[] positive) {
        int[] order = IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> chances[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        int wanted = Math.max(FEWEST_BINS, Math.min(MOST_BINS, order.length / ROWS_OF_A_BIN));
        List<Bin> bins = new ArrayList<>();
        int from = 0;
        for (int bin = 1; bin <= wanted; bin++) {
            int to = Math.max(from, (int) ((long) bin * order.length / wanted));
            while (to > from && to < order.length && chances[order[to]] == chances[order[to - 1]]) {
                to++;
            }
            if (to > from) {
                bins.add(bin(chances, positive, order, from, to));
            }
            from = to;
        }
        return bins;
    }

    private static Bin bin(double[] chances, boolean[] positive, int[] order, int from, int to) {
        double said = 0;
        long right = 0;
        for (int place = from; place < to; place++) {
            said += chances[order[place]];
            right += positive[order[place]] ? 1 : 0;
        }
        long rows = (long) to - from;
        return new Bin(said / rows, right / (double) rows, rows);
    }
}
