package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Ranking.OperatingPoint;

/** Rows sorted by probability once, for computing rankings under many row weights. */
public final class RankedRows {
    private final int[] order;
    private final double[] probabilities;
    private final boolean[] positive;

    private RankedRows(int[] order, double[] probabilities, boolean[] positive) {
        this.order = order;
        this.probabilities = probabilities;
        this.positive = positive;
    }

    public static RankedRows of(double[] probabilities, boolean[] positive) {
        if (probabilities.length != positive.length) {
            throw new IllegalArgumentException(
                    probabilities.length + " probabilities for " + positive.length + " rows");
        }
        int[] order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> probabilities[row])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        return new RankedRows(order, probabilities.clone(), positive.clone());
    }

    public Ranking unweighted() {
        int[] allOnce = new int[order.length];
        Arrays.fill(allOnce, 1);
        return weighted(allOnce);
    }

    /** The ranking in which each row occurs the given number of times, possibly zero. */
    public Ranking weighted(int[] counts) {
        List<OperatingPoint> points = new ArrayList<>();
        long truePositives = 0;
        long falsePositives = 0;
        long previous = 0;
        for (int index = 0; index < order.length; index++) {
            int row = order[index];
            if (positive[row]) {
                truePositives += counts[row];
            } else {
                falsePositives += counts[row];
            }
            boolean isLastOfTie = index + 1 == order.length || probabilities[order[index + 1]] != probabilities[row];
            if (isLastOfTie && truePositives + falsePositives > previous) {
                points.add(new OperatingPoint(probabilities[row], truePositives, falsePositives));
                previous = truePositives + falsePositives;
            }
        }
        return new Ranking(points, truePositives, falsePositives);
    }
}
