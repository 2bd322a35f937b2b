package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class NullAucTest {
    @Test
    void onePositiveRowAllowsAnyAuc() {
        Interval auc = of(80, 1, 0.99, 1);

        assertThat(auc.low()).isZero();
        assertThat(auc.high()).isEqualTo(1);
    }

    @Test
    void matchesTheNormalApproximationForManyRows() {
        Interval auc = of(2_000, 600, 0.95, 2);

        double deviation = Math.sqrt(2_001 / (12.0 * 600 * 1_400));
        assertThat(auc.low()).isCloseTo(0.5 - 1.96 * deviation, within(0.002));
        assertThat(auc.high()).isCloseTo(0.5 + 1.96 * deviation, within(0.002));
    }

    @Test
    void falseAlarmRateMatchesTheLevelForFewPositives() {
        for (int positives : new int[] {1, 2, 3, 5, 20}) {
            int size = positives;
            long alarms = IntStream.range(0, 400)
                    .filter(run -> {
                        Interval auc = of(60, size, 0.95, run);
                        return auc.estimate() < auc.low() || auc.estimate() > auc.high();
                    })
                    .count();
            // 5 % of 400 is 20; 36 or more are very unlikely.
            assertThat(alarms).as("%s positive rows", positives).isLessThan(36);
        }
    }

    @Test
    void falseAlarmRateMatchesTheLevelForIdsWithSimilarRows() {
        List<String> ids = new ArrayList<>();
        for (int id = 0; id < 40; id++) {
            // Many ids with 1 or 4 rows, two with 7, and some with unique sizes.
            int size = id < 10 ? 1 : id < 30 ? 4 : id < 32 ? 7 : id - 22;
            for (int row = 0; row < size; row++) {
                ids.add("id" + id);
            }
        }
        int alarms = 0;
        for (int run = 0; run < 300; run++) {
            KeyedRandom random = new KeyedRandom(run, 4, 4);
            boolean[] labels = new boolean[ids.size()];
            double[] probabilities = new double[ids.size()];
            double idEffect = 0;
            for (int row = 0; row < labels.length; row++) {
                boolean isFirst = row == 0 || !ids.get(row).equals(ids.get(row - 1));
                idEffect = isFirst ? random.nextGaussian() : idEffect;
                labels[row] = idEffect > 0.5 && random.nextBoolean(80);
                probabilities[row] = idEffect + 0.1 * random.nextGaussian();
            }
            LabelPermutation permutation = LabelPermutation.of(ids, labels, row -> false);
            Interval auc = NullAuc.of(permutation, List.of(probabilities), run)
                    .interval(0, permutation.copy().permutedLabels(random), 0.95);
            alarms += auc.estimate() < auc.low() || auc.estimate() > auc.high() ? 1 : 0;
        }

        // 5 % of 300 is 15; 29 or more are very unlikely.
        assertThat(alarms).isBetween(3, 28);
    }

    @Test
    void aucEqualsThatOfTheRankingWithTies() {
        double[] probabilities = {0.5, 0.5, 0.1, 0.9, 0.1, 0.5};
        boolean[] positive = {true, false, false, true, true, false};

        assertThat(NullAuc.of(permutation(positive), List.of(probabilities), 1)
                        .interval(0, positive, 0.9)
                        .estimate())
                .isCloseTo(Ranking.of(probabilities, positive).auc(), within(1e-12));
    }

    @Test
    void similarRowsOfAnIdWidenTheRange() {
        boolean[] positive = new boolean[400];
        for (int row = 0; row < 100; row++) {
            positive[row] = true;
        }
        // Twenty ids with twenty rows each; probabilities are equal within an id.
        double[] probabilities =
                IntStream.range(0, 400).map(row -> row / 20).asDoubleStream().toArray();
        List<String> ids =
                IntStream.range(0, 400).mapToObj(row -> "id" + row / 20).toList();

        Interval auc = NullAuc.of(LabelPermutation.of(ids, positive, row -> false), List.of(probabilities), 1)
                .interval(0, positive, 0.95);

        assertThat(auc.low()).isLessThan(0.3);
        assertThat(auc.high()).isGreaterThan(0.7);
    }

    @Test
    void resultsAreReproducible() {
        assertThat(of(300, 30, 0.99, 7)).isEqualTo(of(300, 30, 0.99, 7));
    }

    /** The interval of random probabilities. */
    private static Interval of(int rows, int positives, double confidence, int run) {
        KeyedRandom random = new KeyedRandom(run, 3, rows);
        double[] probabilities =
                IntStream.range(0, rows).mapToDouble(row -> random.nextDouble()).toArray();
        boolean[] positive = new boolean[rows];
        for (int row = 0; row < positives; row++) {
            positive[row] = true;
        }
        return NullAuc.of(permutation(positive), List.of(probabilities), run).interval(0, positive, confidence);
    }

    private static LabelPermutation permutation(boolean[] positive) {
        List<String> ids =
                IntStream.range(0, positive.length).mapToObj(row -> "id" + row).toList();
        return LabelPermutation.of(ids, positive, row -> false);
    }
}
