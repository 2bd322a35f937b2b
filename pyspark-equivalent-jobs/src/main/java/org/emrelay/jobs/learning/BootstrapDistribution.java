package org.emrelay.jobs.learning;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.emrelay.jobs.learning.Bootstrap.Interval;

/** Statistics computed on the same bootstrap resamples, so that their differences are paired. */
public final class BootstrapDistribution {
    private static final double DEFAULT_CONFIDENCE = 0.95;

    private final double[] estimates;
    private final double[][] resamples;

    BootstrapDistribution(double[] estimates, double[][] resamples) {
        this.estimates = estimates;
        this.resamples = resamples;
    }

    public Interval interval(int statistic) {
        return percentileInterval(all -> all[statistic], DEFAULT_CONFIDENCE);
    }

    /**
     * The interval of one statistic minus another, paired by resample.
     *
     * @param confidence the confidence level, such as 0.95
     */
    public Interval difference(int statistic, int other, double confidence) {
        return percentileInterval(all -> all[statistic] - all[other], confidence);
    }

    private Interval percentileInterval(ToDoubleFunction<double[]> statistic, double confidence) {
        // A resample with only one class has no AUC.
        double[] sorted = Arrays.stream(resamples)
                .mapToDouble(statistic)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double estimate = statistic.applyAsDouble(estimates);
        if (sorted.length == 0) {
            return new Interval(estimate, Double.NaN, Double.NaN);
        }
        int tail = (int) ((1 - confidence) / 2 * sorted.length);
        return new Interval(estimate, sorted[tail], sorted[sorted.length - 1 - tail]);
    }
}
