package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.CalibrationMetrics.Bin;
import org.junit.jupiter.api.Test;

class CalibrationMetricsTest {
    @Test
    void computesBrierScoreAndLogLoss() {
        CalibrationMetrics metrics =
                CalibrationMetrics.of(new double[] {0.9, 0.2, 0.6, 0.3}, new boolean[] {true, false, false, true});

        assertThat(metrics.brier()).isCloseTo((0.01 + 0.04 + 0.36 + 0.49) / 4, within(1e-12));
        assertThat(metrics.logLoss())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.8) + Math.log(0.4) + Math.log(0.3)) / 4, within(1e-12));
    }

    @Test
    void binsHaveEqualSize() {
        double[] probabilities =
                IntStream.range(0, 400).mapToDouble(row -> row / 400.0).toArray();
        boolean[] positive = new boolean[400];
        Arrays.fill(positive, 200, 400, true);

        CalibrationMetrics metrics = CalibrationMetrics.of(probabilities, positive);

        assertThat(metrics.bins()).hasSize(10).allMatch(bin -> bin.rows() == 40);
        assertThat(metrics.bins().get(0).meanProbability()).isCloseTo(19.5 / 400, within(1e-12));
        assertThat(metrics.bins().get(0).observedRate()).isZero();
        assertThat(metrics.bins().get(9).observedRate()).isEqualTo(1);
    }

    @Test
    void tiesShareOneBinAndAreCalibratedIfTheObservedRateMatches() {
        double[] probabilities = new double[100];
        Arrays.fill(probabilities, 0.25);
        boolean[] positive = new boolean[100];
        Arrays.fill(positive, 0, 25, true);

        CalibrationMetrics metrics = CalibrationMetrics.of(probabilities, positive);

        assertThat(metrics.bins()).containsExactly(new Bin(0.25, 0.25, 100));
        assertThat(metrics.expectedCalibrationError()).isZero();
    }

    @Test
    void logLossStaysFiniteForAnImpossibleEvent() {
        CalibrationMetrics metrics = CalibrationMetrics.of(new double[] {0}, new boolean[] {true});

        assertThat(metrics.logLoss()).isCloseTo(36.04, within(0.01));
        assertThat(metrics.brier()).isEqualTo(1);
    }
}
