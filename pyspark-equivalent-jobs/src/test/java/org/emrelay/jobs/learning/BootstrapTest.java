package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void isAsWideAsTheStandardErrorOfTheMeanSays() {
        double[] values = IntStream.range(0, 400)
                .mapToDouble(row -> row % 2 == 0 ? 1 : -1)
                .toArray();

        Interval interval = Bootstrap.ofMean(values, 1);

        // One in twenty of the square root of four hundred, 1.96 times to either side.
        assertThat(interval.figure()).isZero();
        assertThat(interval.low()).isCloseTo(-0.098, within(0.01));
        assertThat(interval.high()).isCloseTo(0.098, within(0.01));
    }

    @Test
    void hasNoWidthWhereAllValuesAreOne() {
        assertThat(Bootstrap.ofMean(new double[] {2, 2, 2}, 1)).isEqualTo(new Interval(2, 2, 2));
    }

    @Test
    void isTheSameForTheSameSeed() {
        double[] values = {1, 5, 2, 8};

        assertThat(Bootstrap.ofMean(values, 3)).isEqualTo(Bootstrap.ofMean(values, 3));
    }

    @Test
    void worksOutAnyFigureOnRowsDrawnAgain() {
        boolean[] positive = new boolean[400];
        Arrays.fill(positive, 0, 100, true);
        int[] groups = IntStream.range(0, 400).toArray();

        Resampled drawn = Bootstrap.ofRows(groups, 1, times -> new double[] {share(positive, times)});

        // The standard error of a quarter of 400 is .0217.
        assertThat(drawn.interval(0).figure()).isEqualTo(0.25);
        assertThat(drawn.interval(0).low()).isCloseTo(0.2075, within(0.008));
        assertThat(drawn.interval(0).high()).isCloseTo(0.2925, within(0.008));
    }

    @Test
    void rowsThatBelongTogetherAreDrawnTogetherAndTellLess() {
        boolean[] positive = new boolean[400];
        Arrays.fill(positive, 0, 100, true);
        int[] tens = IntStream.range(0, 400).map(row -> row / 10).toArray();

        Interval interval = Bootstrap.ofRows(tens, 1, times -> new double[] {share(positive, times)})
                .interval(0);

        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * Math.sqrt(0.25 * 0.75 / 40), within(0.04));
    }

    @Test
    void aDifferenceIsThatOfTheSameDraws() {
        double[] values = {1, 5, 2, 8, 3, 9};
        Resampled drawn = Bootstrap.ofRows(IntStream.range(0, 6).toArray(), 1, times -> {
            double sum = 0;
            for (int row = 0; row < times.length; row++) {
                sum += times[row] * values[row];
            }
            return new double[] {sum + 1, sum};
        });

        assertThat(drawn.difference(0, 1, 0.95)).isEqualTo(new Interval(1, 1, 1));
        assertThat(drawn.interval(0).high()).isGreaterThan(drawn.interval(0).low() + 5);
    }

    @Test
    void anIntervalThatHoldsMoreIsWider() {
        Resampled drawn = Bootstrap.ofRows(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, times -> new double[] {times[0], 0});

        assertThat(drawn.difference(0, 1, 0.95).high()).isEqualTo(3);
        assertThat(drawn.difference(0, 1, 0.999).high()).isGreaterThan(3);
    }

    @Test
    void drawsWithoutAFigureAreLeftOut() {
        Resampled drawn = Bootstrap.ofRows(new int[] {0, 1}, 1, times ->
                new double[] {times[0] == 1 ? 7 : Double.NaN, Double.NaN});

        assertThat(drawn.interval(0)).isEqualTo(new Interval(7, 7, 7));
        assertThat(drawn.interval(1)).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN));
    }

    private static double share(boolean[] positive, int[] times) {
        double right = 0;
        double all = 0;
        for (int row = 0; row < times.length; row++) {
            right += positive[row] ? times[row] : 0;
            all += times[row];
        }
        return right / all;
    }
}
