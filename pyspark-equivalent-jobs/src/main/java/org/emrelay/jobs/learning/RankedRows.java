package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Ranking.Cut;

/** Rows sorted once by how much a model suspects them, to be judged again and again with some of them counted several times. */
public final class RankedRows {
    private final int[] order;
    private final double[] chances;
    private final boolean[] positive;

    private RankedRows(int[] order, double[] chances, boolean[] positive) {
        this.order = order;
        this.chances = chances;
        this.positive = positive;
    }

    public static RankedRows of(double[] chances, boolean[] positive) {
        if (chances.length != positive.length) {
            throw new IllegalArgumentException(chances.length + " chances for " + positive.length + " rows");
        }
        int[] order = IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> chances[row])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        return new RankedRows(order, chances.clone(), positive.clone());
    }

    public Ranking once() {
        int[] once = new int[order.length];
        Arrays.fill(once, 1);
        return counting(once);
    }

    /** The ranking of rows each of which occurs so many times, or not at all. */
    public Ranking counting(int[] times) {
        List<Cut> cuts = new ArrayList<>();
        long right = 0;
        long wrong = 0;
        long before = 0;
        for (int place = 0; place < order.length; place++) {
            int row = order[place];
            if (positive[row]) {
                right += times[row];
            } else {
                wrong += times[row];
            }
            boolean isLastOfItsChance = place + 1 == order.length || chances[order[place + 1]] != chances[row];
            if (isLastOfItsChance && right + wrong > before) {
                cuts.add(new Cut(chances[row], right, wrong));
                before = right + wrong;
            }
        }
        return new Ranking(cuts, right, wrong);
    }
}
