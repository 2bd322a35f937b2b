package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.emrelay.jobs.random.Dice;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final double[] CHANCES = {0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.3};
    private static final boolean[] POSITIVE = {true, true, false, true, false, false, true, false};

    private final Ranking ranking = Ranking.of(CHANCES, POSITIVE);

    @Test
    void theAreaIsTheShareOfPairsInTheRightOrder() {
        // Of 16 pairs the negative one is first in 1 (.7 before .6) and in 3 (before .4).
        assertThat(ranking.auc()).isEqualTo(12 / 16.0);
    }

    @Test
    void theAreaBelowPrecisionAndRecallGoesBySteps() {
        assertThat(ranking.aucPr()).isCloseTo((1 + 1 + 3 / 4.0 + 4 / 7.0) / 4, within(1e-12));
    }

    @Test
    void equalChancesAreOnePlaceWhateverTheOrderOfTheRows() {
        double[] equal = {0.5, 0.5, 0.5, 0.5};
        Ranking first = Ranking.of(equal, new boolean[] {true, true, false, false});
        Ranking second = Ranking.of(equal, new boolean[] {false, true, false, true});
        assertThat(first.cuts()).isEqualTo(second.cuts()).containsExactly(new Ranking.Cut(0.5, 2, 2));
        assertThat(first.auc()).isEqualTo(0.5);
        assertThat(first.aucPr()).isEqualTo(0.5);
    }

    @Test
    void rowsWithJustTheThresholdAreSuspected() {
        assertThat(ranking.at(0.7)).isEqualTo(new Confusion(2, 1, 3, 2));
        assertThat(ranking.at(0.71)).isEqualTo(new Confusion(2, 0, 4, 2));
        assertThat(ranking.at(2)).isEqualTo(new Confusion(0, 0, 4, 4));
        assertThat(ranking.at(0)).isEqualTo(new Confusion(4, 4, 0, 0));
    }

    @Test
    void theBestThresholdIsThatOfTheHighestF1() {
        assertThat(ranking.bestThreshold()).isEqualTo(0.6);
        assertThat(ranking.at(0.6).f1()).isEqualTo(0.75);
    }

    @Test
    void aConfusionSaysAllThatIsCountedOfIt() {
        Confusion confusion = new Confusion(30, 10, 50, 10);
        assertThat(confusion.precision()).isEqualTo(0.75);
        assertThat(confusion.recall()).isEqualTo(0.75);
        assertThat(confusion.accuracy()).isEqualTo(0.8);
        assertThat(confusion.f1()).isEqualTo(0.75);
        assertThat(confusion.weightedF1()).isCloseTo(0.4 * 0.75 + 0.6 * (100 / 120.0), within(1e-12));
        assertThat(new Confusion(0, 0, 5, 0).f1()).isZero();
    }

    @Test
    void chancesDrawnByLotAreWorthAHalf() {
        Dice dice = new Dice(1, 2, 3);
        double[] chances = new double[20_000];
        boolean[] positive = new boolean[chances.length];
        for (int row = 0; row < chances.length; row++) {
            chances[row] = dice.unit();
            positive[row] = dice.percent(20);
        }
        assertThat(Ranking.of(chances, positive).auc()).isCloseTo(0.5, within(0.02));
        assertThat(Ranking.of(chances, positive).aucPr()).isCloseTo(0.2, within(0.02));
    }

    @Test
    void oneClassAloneHasNoArea() {
        assertThat(Ranking.of(new double[] {0.1, 0.2}, new boolean[2]).auc()).isNaN();
        assertThat(Ranking.of(new double[] {0.1, 0.2}, new boolean[2]).aucPr()).isNaN();
    }

    @Test
    void asManyChancesAsRowsAreNeeded() {
        assertThatThrownBy(() -> Ranking.of(new double[1], new boolean[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 chances for 2 rows");
    }

    @Test
    void aRowThatCountsTwiceIsTwoRows() {
        RankedRows rows = RankedRows.of(CHANCES, POSITIVE);
        double[] doubled = {0.9, 0.9, 0.7, 0.4};
        boolean[] positive = {true, true, false, true};

        Ranking counted = rows.counting(new int[] {2, 0, 1, 0, 0, 0, 1, 0});

        assertThat(counted.cuts()).isEqualTo(Ranking.of(doubled, positive).cuts());
        assertThat(counted.negatives()).isEqualTo(1);
        assertThat(rows.once().cuts()).isEqualTo(ranking.cuts());
    }
}
