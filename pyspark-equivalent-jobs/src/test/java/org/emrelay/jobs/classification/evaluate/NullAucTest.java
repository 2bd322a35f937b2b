package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Ranking;
import org.junit.jupiter.api.Test;

class NullAucTest {
    @Test
    void onePositiveRowMayBeAnywhere() {
        Interval auc = of(80, 1, 0.99, 1);

        assertThat(auc.low()).isZero();
        assertThat(auc.high()).isEqualTo(1);
    }

    @Test
    void ofManyRowsItPutsTheAreaWhereTheNormalDistributionDoes() {
        Interval auc = of(2_000, 600, 0.95, 2);

        double deviation = Math.sqrt(2_001 / (12.0 * 600 * 1_400));
        assertThat(auc.low()).isCloseTo(0.5 - 1.96 * deviation, within(0.002));
        assertThat(auc.high()).isCloseTo(0.5 + 1.96 * deviation, within(0.002));
    }

    @Test
    void rarelyCallsHonestFiguresDishonestHoweverFewArePositive() {
        for (int positives : new int[] {1, 2, 3, 5, 20}) {
            int size = positives;
            long alarms = IntStream.range(0, 400)
                    .filter(run -> {
                        Interval auc = of(60, size, 0.95, run);
                        return auc.figure() < auc.low() || auc.figure() > auc.high();
                    })
                    .count();
            // Of 400 at 95 of 100 there are 20, and hardly ever 36.
            assertThat(alarms).as("%s positive rows", positives).isLessThan(36);
        }
    }

    @Test
    void rarelyCallsHonestFiguresDishonestWhereIdsHaveSeveralRowsThatAreAlike() {
        List<String> ids = new ArrayList<>();
        for (int id = 0; id < 40; id++) {
            // Many of 1 and 4 rows, two of 7, and some sizes that no other has.
            int size = id < 10 ? 1 : id < 30 ? 4 : id < 32 ? 7 : id - 22;
            for (int row = 0; row < size; row++) {
                ids.add("id" + id);
            }
        }
        int alarms = 0;
        for (int run = 0; run < 300; run++) {
            Dice dice = new Dice(run, 4, 4);
            boolean[] labels = new boolean[ids.size()];
            double[] chances = new double[ids.size()];
            double ofId = 0;
            for (int row = 0; row < labels.length; row++) {
                boolean isFirst = row == 0 || !ids.get(row).equals(ids.get(row - 1));
                ofId = isFirst ? dice.normal() : ofId;
                labels[row] = ofId > 0.5 && dice.percent(80);
                chances[row] = ofId + 0.1 * dice.normal();
            }
            LabelPermutation deal = LabelPermutation.of(ids, labels, row -> false);
            Interval auc =
                    NullAuc.of(deal, List.of(chances), run).of(0, deal.copy().dealt(dice), 0.95);
            alarms += auc.figure() < auc.low() || auc.figure() > auc.high() ? 1 : 0;
        }

        // Of 300 at 95 of 100 there are 15, and hardly ever 29.
        assertThat(alarms).isBetween(3, 28);
    }

    @Test
    void theFigureIsThatOfTheRankingAlsoWithEqualChances() {
        double[] chances = {0.5, 0.5, 0.1, 0.9, 0.1, 0.5};
        boolean[] positive = {true, false, false, true, true, false};

        assertThat(NullAuc.of(deal(positive), List.of(chances), 1)
                        .of(0, positive, 0.9)
                        .figure())
                .isCloseTo(Ranking.of(chances, positive).auc(), within(1e-12));
    }

    @Test
    void rowsOfOneIdAreNotSoManyOutOfLuck() {
        boolean[] positive = new boolean[400];
        for (int row = 0; row < 100; row++) {
            positive[row] = true;
        }
        // Twenty ids with twenty rows each, of which chances tell the ids apart.
        double[] chances =
                IntStream.range(0, 400).map(row -> row / 20).asDoubleStream().toArray();
        List<String> ids =
                IntStream.range(0, 400).mapToObj(row -> "id" + row / 20).toList();

        Interval auc = NullAuc.of(LabelPermutation.of(ids, positive, row -> false), List.of(chances), 1)
                .of(0, positive, 0.95);

        assertThat(auc.low()).isLessThan(0.3);
        assertThat(auc.high()).isGreaterThan(0.7);
    }

    @Test
    void saysTheSameAgain() {
        assertThat(of(300, 30, 0.99, 7)).isEqualTo(of(300, 30, 0.99, 7));
    }

    /** Of chances drawn by lot. */
    private static Interval of(int rows, int positives, double level, int run) {
        Dice dice = new Dice(run, 3, rows);
        double[] chances =
                IntStream.range(0, rows).mapToDouble(row -> dice.unit()).toArray();
        boolean[] positive = new boolean[rows];
        for (int row = 0; row < positives; row++) {
            positive[row] = true;
        }
        return NullAuc.of(deal(positive), List.of(chances), run).of(0, positive, level);
    }

    private static LabelPermutation deal(boolean[] positive) {
        List<String> ids =
                IntStream.range(0, positive.length).mapToObj(row -> "id" + row).toList();
        return LabelPermutation.of(ids, positive, row -> false);
    }
}
