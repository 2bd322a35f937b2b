package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final double[] PROBABILITIES = {0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.3};
    private static final boolean[] POSITIVE = {true, true, false, true, false, false, true, false};

    private final Ranking ranking = Ranking.of(PROBABILITIES, POSITIVE);

    @Test
    void aucIsTheShareOfCorrectlyOrderedPairs() {
        // Of 16 pairs, the negative row ranks first in 1 (0.7 above 0.6) and in 3 (above 0.4).
        assertThat(ranking.auc()).isEqualTo(12 / 16.0);
    }

    @Test
    void averagePrecisionIsAStepFunction() {
        assertThat(ranking.averagePrecision()).isCloseTo((1 + 1 + 3 / 4.0 + 4 / 7.0) / 4, within(1e-12));
    }

    @Test
    void tiesFormOneOperatingPointWhateverTheRowOrder() {
        double[] equal = {0.5, 0.5, 0.5, 0.5};
        Ranking first = Ranking.of(equal, new boolean[] {true, true, false, false});
        Ranking second = Ranking.of(equal, new boolean[] {false, true, false, true});
        assertThat(first.operatingPoints())
                .isEqualTo(second.operatingPoints())
                .containsExactly(new Ranking.OperatingPoint(0.5, 2, 2));
        assertThat(first.auc()).isEqualTo(0.5);
        assertThat(first.averagePrecision()).isEqualTo(0.5);
    }

    @Test
    void rowsAtTheThresholdArePredictedPositive() {
        assertThat(ranking.at(0.7)).isEqualTo(new ConfusionMatrix(2, 1, 3, 2));
        assertThat(ranking.at(0.71)).isEqualTo(new ConfusionMatrix(2, 0, 4, 2));
        assertThat(ranking.at(2)).isEqualTo(new ConfusionMatrix(0, 0, 4, 4));
        assertThat(ranking.at(0)).isEqualTo(new ConfusionMatrix(4, 4, 0, 0));
    }

    @Test
    void bestThresholdHasTheHighestF1() {
        assertThat(ranking.bestF1Threshold()).isEqualTo(0.6);
        assertThat(ranking.at(0.6).f1()).isEqualTo(0.75);
    }

    @Test
    void derivesMetricsFromTheConfusionMatrix() {
        ConfusionMatrix matrix = new ConfusionMatrix(30, 10, 50, 10);
        assertThat(matrix.precision()).isEqualTo(0.75);
        assertThat(matrix.recall()).isEqualTo(0.75);
        assertThat(matrix.accuracy()).isEqualTo(0.8);
        assertThat(matrix.f1()).isEqualTo(0.75);
        assertThat(matrix.weightedF1()).isCloseTo(0.4 * 0.75 + 0.6 * (100 / 120.0), within(1e-12));
        assertThat(new ConfusionMatrix(0, 0, 5, 0).f1()).isZero();
    }

    @Test
    void randomProbabilitiesHaveAnAucOfOneHalf() {
        KeyedRandom random = new KeyedRandom(1, 2, 3);
        double[] probabilities = new double[20_000];
        boolean[] positive = new boolean[probabilities.length];
        for (int row = 0; row < probabilities.length; row++) {
            probabilities[row] = random.nextDouble();
            positive[row] = random.nextBoolean(20);
        }
        assertThat(Ranking.of(probabilities, positive).auc()).isCloseTo(0.5, within(0.02));
        assertThat(Ranking.of(probabilities, positive).averagePrecision()).isCloseTo(0.2, within(0.02));
    }

    @Test
    void areasAreNaNWithOneClass() {
        assertThat(Ranking.of(new double[] {0.1, 0.2}, new boolean[2]).auc()).isNaN();
        assertThat(Ranking.of(new double[] {0.1, 0.2}, new boolean[2]).averagePrecision())
                .isNaN();
    }

    @Test
    void rejectsDifferentNumbersOfProbabilitiesAndLabels() {
        assertThatThrownBy(() -> Ranking.of(new double[1], new boolean[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 probabilities for 2 rows");
    }

    @Test
    void aRowWithWeightTwoCountsAsTwoRows() {
        RankedRows rows = RankedRows.of(PROBABILITIES, POSITIVE);
        double[] expanded = {0.9, 0.9, 0.7, 0.4};
        boolean[] positive = {true, true, false, true};

        Ranking counted = rows.weighted(new int[] {2, 0, 1, 0, 0, 0, 1, 0});

        assertThat(counted.operatingPoints())
                .isEqualTo(Ranking.of(expanded, positive).operatingPoints());
        assertThat(counted.negatives()).isEqualTo(1);
        assertThat(rows.unweighted().operatingPoints()).isEqualTo(ranking.operatingPoints());
    }
}
