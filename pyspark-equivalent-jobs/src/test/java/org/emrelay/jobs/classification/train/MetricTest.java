package org.emrelay.jobs.classification.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricTest {
    private static final boolean[] POSITIVE = {true, false, true, false};

    @Test
    void areasKnowOnlyTheOrder() {
        Margins held = new Margins(new double[] {900, 5, 4, -7}, POSITIVE);

        assertThat(Metric.AUC.of(held, held)).isEqualTo(0.75);
        assertThat(Metric.AUC_PR.of(held, held)).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void f1IsThatOfTheThresholdThatTheOtherRowsTaught() {
        Margins held = new Margins(new double[] {3, 2, 1, 0}, POSITIVE);
        Margins others = new Margins(new double[] {3, 2.5, 2, 1}, new boolean[] {true, false, false, false});

        assertThat(Metric.F1.of(held, others)).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void logLossIsThatOfChancesThatTheOtherRowsCalibrated() {
        Margins blind = new Margins(new double[] {5, 5, 5, 5}, POSITIVE);

        assertThat(Metric.LOG_LOSS.of(blind, blind)).isCloseTo(Math.log(0.5), within(1e-6));
    }
}
