package org.emrelay.jobs.learning;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Ranks rows by probability, from 1 upwards, with ties at their mid-rank.
 *
 * <p>With them the AUC of any labelling is a sum (Mann–Whitney U), so the rows are sorted only once.
 */
public final class MidRanks {
    private final double[] ranks;

    private MidRanks(double[] ranks) {
        this.ranks = ranks;
    }

    public static MidRanks of(double[] probabilities) {
        int[] order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> probabilities[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[order.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && probabilities[order[to]] == probabilities[order[from]]) {
                to++;
            }
            for (int index = from; index < to; index++) {
                ranks[order[index]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return new MidRanks(ranks);
    }

    public int size() {
        return ranks.length;
    }

    /**
     * The AUC, or NaN if all rows have the same class.
     *
     * @param positives the indices of the positive rows in its first {@code count} elements
     */
    public double auc(int[] positives, int count) {
        double sum = 0;
        for (int index = 0; index < count; index++) {
            sum += ranks[positives[index]];
        }
        double minSum = count * (count + 1.0) / 2;
        return (sum - minSum) / ((double) count * (ranks.length - count));
    }
}
