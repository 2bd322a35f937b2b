package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
    @Test
    void recoversTheTrueCurve() {
        double[] margins = new double[50_000];
        boolean[] positive = new boolean[margins.length];
        for (int row = 0; row < margins.length; row++) {
            KeyedRandom random = new KeyedRandom(1, 2, row);
            margins[row] = 300 + 100 * random.nextGaussian();
            positive[row] = random.nextDouble() < 1 / (1 + Math.exp(-(0.02 * margins[row] - 7)));
        }
        PlattScaling scaling = PlattScaling.fit(margins, positive);

        assertThat(scaling.slope()).isCloseTo(0.02, within(0.001));
        assertThat(scaling.intercept()).isCloseTo(-7, within(0.3));
    }

    @Test
    void neverInvertsAModelThatIsWorseThanRandom() {
        PlattScaling scaling = PlattScaling.fit(new double[] {1, 2, 3, 4}, new boolean[] {true, true, false, false});

        assertThat(scaling.slope()).isPositive();
        assertThat(scaling.probability(2)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void avoidsExtremeProbabilitiesForSeparableClasses() {
        PlattScaling scaling = PlattScaling.fit(
                new double[] {-900, -800, -850, 800, 900, 950}, new boolean[] {false, false, false, true, true, true});

        assertThat(scaling.probability(900)).isBetween(0.75, 0.95);
        assertThat(scaling.probability(-900)).isBetween(0.05, 0.25);
    }

    @Test
    void returnsTheBaseRateIfAllMarginsAreEqual() {
        PlattScaling scaling = PlattScaling.fit(new double[] {5, 5, 5, 5}, new boolean[] {true, false, false, false});

        assertThat(scaling.probability(5)).isBetween(0.2, 0.4);
    }

    @Test
    void correctsForClassWeights() {
        // Nine negatives per positive with equal total weights: even weighted odds are 1 to 9.
        assertThat(PlattScaling.ofWeights(new ClassCounts(90, 10).positiveWeight())
                        .probability(0))
                .isCloseTo(0.1, within(1e-12));
    }
}
