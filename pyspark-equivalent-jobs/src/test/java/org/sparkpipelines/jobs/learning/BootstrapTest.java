package org.sparkpipelines.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkpipelines.jobs.learning.Bootstrap.Interval;

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
}
