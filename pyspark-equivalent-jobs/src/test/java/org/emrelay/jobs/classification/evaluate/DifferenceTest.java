package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void saysWhichIsBetterOnlyWhereTheIntervalDoes() {
        assertThat(difference(0.02, 0.2).verdict(true)).isEqualTo("gbt is better, and not by luck.");
        assertThat(difference(-0.02, 0.2).verdict(true))
                .isEqualTo("which of the two is better, these rows cannot tell.");
        assertThat(difference(-0.2, -0.02).verdict(true))
                .isEqualTo("lr does better on these, although cross-validation did not think so.");
    }

    @Test
    void ofFewRowsNeverSaysThatOneIsBetter() {
        for (Difference difference : new Difference[] {difference(0.02, 0.2), difference(-0.2, -0.02)}) {
            assertThat(difference.verdict(false))
                    .isEqualTo("so few of one kind cannot tell which of the two is better.");
        }
    }

    @Test
    void ofSeveralOthersEachNeedsMoreToBeBetter() {
        assertThat(Difference.level(1)).isCloseTo(0.95, within(1e-12));
        assertThat(Difference.level(5)).isCloseTo(0.99, within(1e-12));
    }

    private static Difference difference(double low, double high) {
        Map<Figure, Interval> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(figure, new Interval((low + high) / 2, low, high));
        }
        return new Difference("gbt", "lr", 0.95, figures);
    }
}
