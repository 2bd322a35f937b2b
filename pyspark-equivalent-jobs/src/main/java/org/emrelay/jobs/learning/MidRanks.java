package org.emrelay.jobs.learning;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The places of rows in the order of their chances, from 1 for the lowest up, those of equal chances in the middle of theirs: with
 * them the AUC for any labels is a sum, and the rows are sorted but once.
 */
public final class MidRanks {
    private final double[] ranks;

    private MidRanks(double[] ranks) {
        this.ranks = ranks;
    }

    public static MidRanks of(double[] chances) {
        int[] order = IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> chances[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[order.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && chances[order[to]] == chances[order[from]]) {
                to++;
            }
            for (int place = from; place < to; place++) {
                ranks[order[place]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return new MidRanks(ranks);
    }

    public int rows() {
        return ranks.length;
    }

    /**
     * No number where all rows are of one class.
     *
     * @param positives the rows with the label 1, as many as are counted of them
     */
    public double auc(int[] positives, int count) {
        double sum = 0;
        for (int place = 0; place < count; place++) {
            sum += ranks[positives[place]];
        }
        double least = count * (count + 1.0) / 2;
        return (sum - least) / ((double) count * (ranks.length - count));
    }
}
