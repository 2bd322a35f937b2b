package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    @Test
    void namesTheBetterModelOnlyIfTheIntervalExcludesZero() {
        assertThat(difference(0.02, 0.2).verdict(true)).isEqualTo("gbt is significantly better.");
        assertThat(difference(-0.02, 0.2).verdict(true)).isEqualTo("no significant difference.");
        assertThat(difference(-0.2, -0.02).verdict(true))
                .isEqualTo("lr is significantly better on these rows, contrary to cross-validation.");
    }

    @Test
    void drawsNoConclusionFromASmallSample() {
        for (PairedDifference difference : new PairedDifference[] {difference(0.02, 0.2), difference(-0.2, -0.02)}) {
            assertThat(difference.verdict(false)).isEqualTo("too few rows of one class to compare the models.");
        }
    }

    @Test
    void confidenceLevelIsBonferroniCorrected() {
        assertThat(PairedDifference.confidenceLevel(1)).isCloseTo(0.95, within(1e-12));
        assertThat(PairedDifference.confidenceLevel(5)).isCloseTo(0.99, within(1e-12));
    }

    private static PairedDifference difference(double low, double high) {
        Map<EvaluationMetric, Interval> intervals = new EnumMap<>(EvaluationMetric.class);
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            intervals.put(metric, new Interval((low + high) / 2, low, high));
        }
        return new PairedDifference("gbt", "lr", 0.95, intervals);
    }
}
