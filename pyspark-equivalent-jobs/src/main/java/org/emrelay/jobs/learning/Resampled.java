package org.emrelay.jobs.learning;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.emrelay.jobs.learning.Bootstrap.Interval;

/** Figures worked out again on many draws of the same rows: those of one draw belong together, so that two can be compared. */
public final class Resampled {
    private static final double USUAL = 0.95;

    private final double[] figures;
    private final double[][] turns;

    Resampled(double[] figures, double[][] turns) {
        this.figures = figures;
        this.turns = turns;
    }

    public Interval interval(int figure) {
        return of(all -> all[figure], USUAL);
    }

    /**
     * Of what the one figure is more than the other, in the same draws.
     *
     * @param level how many of the draws the interval holds: .95 for 95 of 100
     */
    public Interval difference(int figure, int other, double level) {
        return of(all -> all[figure] - all[other], level);
    }

    private Interval of(ToDoubleFunction<double[]> wanted, double level) {
        // A draw without one of the classes has no area to tell of.
        double[] sorted = Arrays.stream(turns)
                .mapToDouble(wanted)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double figure = wanted.applyAsDouble(figures);
        if (sorted.length == 0) {
            return new Interval(figure, Double.NaN, Double.NaN);
        }
        int left = (int) ((1 - level) / 2 * sorted.length);
        return new Interval(figure, sorted[left], sorted[sorted.length - 1 - left]);
    }
}
