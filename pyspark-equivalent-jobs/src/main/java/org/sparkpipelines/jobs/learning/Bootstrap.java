package org.sparkpipelines.jobs.learning;

import java.util.Arrays;
import org.sparkpipelines.jobs.chance.Dice;

/** How much a figure would move with other rows of the same kind: it is worked out again on rows drawn from these, many times. */
public final class Bootstrap {
    private static final int TURNS = 2_000;

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
}
