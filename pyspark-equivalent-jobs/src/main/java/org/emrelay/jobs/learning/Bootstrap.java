package org.emrelay.jobs.learning;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.Dice;

/** How much a figure would move with other rows of the same kind: it is worked out again on rows drawn from these, many times. */
public final class Bootstrap {
    private static final int TURNS = 2_000;

    /** With many rows an interval is narrow, and fewer turns tell it as well: together they draw about so many rows. */
    private static final int DRAWN_ROWS = 20_000_000;

    private static final int FEWEST_TURNS = 200;

    private Bootstrap() {}

    /** Where 95 of 100 such figures lie, and the figure itself. */
    public record Interval(double figure, double low, double high) {}

    /** Of a mean; of differences it is the paired one. */
    public static Interval ofMean(double[] values, long seed) {
        double[] means = new double[TURNS];
        Dice dice = new Dice(seed, 0, values.length);
        for (int turn = 0; turn < TURNS; turn++) {
            double sum = 0;
            for (int draw = 0; draw < values.length; draw++) {
                sum += values[dice.below(values.length)];
            }
            means[turn] = sum / values.length;
        }
        Arrays.sort(means);
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return new Interval(mean, means[(int) (0.025 * TURNS)], means[(int) (0.975 * TURNS)]);
    }

    /**
     * Of any figures of rows, all worked out on the same draws.
     *
     * @param groups for each row the number, from 0 on, of what it belongs to: rows that belong together are drawn together
     * @param figures of rows each of which occurs so many times; asked by several threads
     */
    public static Resampled ofRows(int[] groups, long seed, Function<int[], double[]> figures) {
        int[] once = new int[groups.length];
        Arrays.fill(once, 1);
        int size = Arrays.stream(groups).max().orElse(-1) + 1;
        int turns = Math.max(FEWEST_TURNS, Math.min(TURNS, DRAWN_ROWS / Math.max(1, groups.length)));
        double[][] drawn = IntStream.range(0, turns)
                .parallel()
                // Dice of its own a turn: whichever thread throws them, the draws are the same.
                .mapToObj(turn -> figures.apply(times(groups, size, new Dice(seed, turn, size))))
                .toArray(double[][]::new);
        return new Resampled(figures.apply(once), drawn);
    }

    private static int[] times(int[] groups, int size, Dice dice) {
        int[] ofGroup = new int[size];
        for (int draw = 0; draw < size; draw++) {
            ofGroup[dice.below(size)]++;
        }
        return Arrays.stream(groups).map(group -> ofGroup[group]).toArray();
    }
}
