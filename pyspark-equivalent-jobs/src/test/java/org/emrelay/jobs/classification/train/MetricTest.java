package org.emrelay.jobs.classification.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricTest {
    private static final boolean[] POSITIVE = {true, false, true, false};

    @Test
    void areasDependOnTheOrderOnly() {
        Margins validation = new Margins(new double[] {900, 5, 4, -7}, POSITIVE);

        assertThat(Metric.AUC.score(validation, validation)).isEqualTo(0.75);
        assertThat(Metric.AUC_PR.score(validation, validation)).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void f1UsesTheThresholdOfTheOtherRows() {
        Margins validation = new Margins(new double[] {3, 2, 1, 0}, POSITIVE);
        Margins others = new Margins(new double[] {3, 2.5, 2, 1}, new boolean[] {true, false, false, false});

        assertThat(Metric.F1.score(validation, others)).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void logLossUsesTheCalibrationOfTheOtherRows() {
        Margins uninformative = new Margins(new double[] {5, 5, 5, 5}, POSITIVE);

        assertThat(Metric.LOG_LOSS.score(uninformative, uninformative)).isCloseTo(Math.log(0.5), within(1e-6));
    }
}
