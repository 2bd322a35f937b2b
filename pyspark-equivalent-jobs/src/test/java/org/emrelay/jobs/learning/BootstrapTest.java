package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void intervalMatchesTheStandardErrorOfTheMean() {
        double[] values = IntStream.range(0, 400)
                .mapToDouble(row -> row % 2 == 0 ? 1 : -1)
                .toArray();

        Interval interval = Bootstrap.meanInterval(values, 1);

        // The standard error is 1 / sqrt(400) = 0.05; the bounds are 1.96 of them from the mean.
        assertThat(interval.estimate()).isZero();
        assertThat(interval.low()).isCloseTo(-0.098, within(0.01));
        assertThat(interval.high()).isCloseTo(0.098, within(0.01));
    }

    @Test
    void intervalHasNoWidthIfAllValuesAreEqual() {
        assertThat(Bootstrap.meanInterval(new double[] {2, 2, 2}, 1)).isEqualTo(new Interval(2, 2, 2));
    }

    @Test
    void sameSeedGivesTheSameInterval() {
        double[] values = {1, 5, 2, 8};

        assertThat(Bootstrap.meanInterval(values, 3)).isEqualTo(Bootstrap.meanInterval(values, 3));
    }

    @Test
    void computesAnyStatisticOnResampledRows() {
        boolean[] positive = new boolean[400];
        Arrays.fill(positive, 0, 100, true);
        int[] groups = IntStream.range(0, 400).toArray();

        BootstrapDistribution distribution =
                Bootstrap.resample(groups, 1, counts -> new double[] {rate(positive, counts)});

        // The standard error of a rate of 0.25 over 400 rows is 0.0217.
        assertThat(distribution.interval(0).estimate()).isEqualTo(0.25);
        assertThat(distribution.interval(0).low()).isCloseTo(0.2075, within(0.008));
        assertThat(distribution.interval(0).high()).isCloseTo(0.2925, within(0.008));
    }

    @Test
    void groupedRowsAreDrawnTogetherAndWidenTheInterval() {
        boolean[] positive = new boolean[400];
        Arrays.fill(positive, 0, 100, true);
        int[] groupsOfTen = IntStream.range(0, 400).map(row -> row / 10).toArray();

        Interval interval = Bootstrap.resample(groupsOfTen, 1, counts -> new double[] {rate(positive, counts)})
                .interval(0);

        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * Math.sqrt(0.25 * 0.75 / 40), within(0.04));
    }

    @Test
    void differencesArePairedByResample() {
        double[] values = {1, 5, 2, 8, 3, 9};
        BootstrapDistribution distribution =
                Bootstrap.resample(IntStream.range(0, 6).toArray(), 1, counts -> {
                    double sum = 0;
                    for (int row = 0; row < counts.length; row++) {
                        sum += counts[row] * values[row];
                    }
                    return new double[] {sum + 1, sum};
                });

        assertThat(distribution.difference(0, 1, 0.95)).isEqualTo(new Interval(1, 1, 1));
        assertThat(distribution.interval(0).high())
                .isGreaterThan(distribution.interval(0).low() + 5);
    }

    @Test
    void higherConfidenceGivesAWiderInterval() {
        BootstrapDistribution distribution =
                Bootstrap.resample(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, counts -> new double[] {counts[0], 0});

        assertThat(distribution.difference(0, 1, 0.95).high()).isEqualTo(3);
        assertThat(distribution.difference(0, 1, 0.999).high()).isGreaterThan(3);
    }

    @Test
    void resamplesWithoutAFiniteStatisticAreIgnored() {
        BootstrapDistribution distribution = Bootstrap.resample(new int[] {0, 1}, 1, counts ->
                new double[] {counts[0] == 1 ? 7 : Double.NaN, Double.NaN});

        assertThat(distribution.interval(0)).isEqualTo(new Interval(7, 7, 7));
        assertThat(distribution.interval(1)).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN));
    }

    private static double rate(boolean[] positive, int[] counts) {
        double positives = 0;
        double rows = 0;
        for (int row = 0; row < counts.length; row++) {
            positives += positive[row] ? counts[row] : 0;
            rows += counts[row];
        }
        return positives / rows;
    }
}
