package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.emrelay.jobs.random.Dice;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void findsTheCurveFromWhichTheRowsWereDrawn() {
        double[] margins = new double[50_000];
        boolean[] positive = new boolean[margins.length];
        for (int row = 0; row < margins.length; row++) {
            Dice dice = new Dice(1, 2, row);
            margins[row] = 300 + 100 * dice.normal();
            positive[row] = dice.unit() < 1 / (1 + Math.exp(-(0.02 * margins[row] - 7)));
        }
        Calibration found = Calibration.of(margins, positive);

        assertThat(found.slope()).isCloseTo(0.02, within(0.001));
        assertThat(found.intercept()).isCloseTo(-7, within(0.3));
    }

    @Test
    void neverTurnsAModelUpsideDownThatIsWorseThanGuessing() {
        Calibration found = Calibration.of(new double[] {1, 2, 3, 4}, new boolean[] {true, true, false, false});

        assertThat(found.slope()).isPositive();
        assertThat(found.chance(2)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void staysSoberWhereTheClassesLieApart() {
        Calibration found = Calibration.of(
                new double[] {-900, -800, -850, 800, 900, 950}, new boolean[] {false, false, false, true, true, true});

        assertThat(found.chance(900)).isBetween(0.75, 0.95);
        assertThat(found.chance(-900)).isBetween(0.05, 0.25);
    }

    @Test
    void saysTheShareWhereAllMarginsAreTheSame() {
        Calibration found = Calibration.of(new double[] {5, 5, 5, 5}, new boolean[] {true, false, false, false});

        assertThat(found.chance(5)).isBetween(0.2, 0.4);
    }

    @Test
    void takesClassWeightsBack() {
        // Nine negatives a positive, weighed alike: even odds then are one to nine.
        assertThat(Calibration.ofWeights(new ClassCounts(90, 10).positiveWeight())
                        .chance(0))
                .isCloseTo(0.1, within(1e-12));
    }
}
