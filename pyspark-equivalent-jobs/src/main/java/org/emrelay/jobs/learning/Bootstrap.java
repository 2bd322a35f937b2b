package org.emrelay.jobs.learning;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.KeyedRandom;

/** Computes bootstrap confidence intervals by resampling rows with replacement. */
public final class Bootstrap {
    private static final int MAX_RESAMPLES = 2_000;

    /**
     * Upper bound on rows drawn over all resamples: with many rows the interval is narrow, and fewer resamples suffice.
     */
    private static final int MAX_DRAWN_ROWS = 20_000_000;

    private static final int MIN_RESAMPLES = 200;

    private Bootstrap() {}

    /** A point estimate and the bounds of its confidence interval. */
    public record Interval(double estimate, double low, double high) {}

    /** The 95 % interval of the mean. For per-row differences, this is the paired interval. */
    public static Interval meanInterval(double[] values, long seed) {
        double[] means = new double[MAX_RESAMPLES];
        KeyedRandom random = new KeyedRandom(seed, 0, values.length);
        for (int resample = 0; resample < MAX_RESAMPLES; resample++) {
            double sum = 0;
            for (int draw = 0; draw < values.length; draw++) {
                sum += values[random.nextBelow(values.length)];
            }
            means[resample] = sum / values.length;
        }
        Arrays.sort(means);
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return new Interval(mean, means[(int) (0.025 * MAX_RESAMPLES)], means[(int) (0.975 * MAX_RESAMPLES)]);
    }

    /**
     * Computes any number of statistics on the same resamples, drawing whole groups of rows (cluster bootstrap).
     *
     * @param groups the group number of each row, from 0
     * @param statistics maps the number of times each row was drawn to the statistics; called from several threads
     */
    public static BootstrapDistribution resample(int[] groups, long seed, Function<int[], double[]> statistics) {
        int[] allOnce = new int[groups.length];
        Arrays.fill(allOnce, 1);
        int groupCount = Arrays.stream(groups).max().orElse(-1) + 1;
        int resamples = Math.max(MIN_RESAMPLES, Math.min(MAX_RESAMPLES, MAX_DRAWN_ROWS / Math.max(1, groups.length)));
        double[][] resampled = IntStream.range(0, resamples)
                .parallel()
                // One generator per resample: the draws do not depend on the thread that makes them.
                .mapToObj(resample ->
                        statistics.apply(drawCounts(groups, groupCount, new KeyedRandom(seed, resample, groupCount))))
                .toArray(double[][]::new);
        return new BootstrapDistribution(statistics.apply(allOnce), resampled);
    }

    private static int[] drawCounts(int[] groups, int groupCount, KeyedRandom random) {
        int[] groupCounts = new int[groupCount];
        for (int draw = 0; draw < groupCount; draw++) {
            groupCounts[random.nextBelow(groupCount)]++;
        }
        return Arrays.stream(groups).map(group -> groupCounts[group]).toArray();
    }
}
