package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.pages.charts.CurveChart.Point;
import org.junit.jupiter.api.Test;

class RankingCurvesTest {
    private final RankingCurves curves = new RankingCurves(
            Ranking.of(new double[] {0.9, 0.8, 0.7, 0.6, 0.5}, new boolean[] {true, true, false, true, false}));

    @Test
    void rocPlotsRecallByFalsePositiveRate() {
        assertThat(curves.roc())
                .startsWith(new Point(0, 0, 0), new Point(0, 1 / 3.0, 0), new Point(0, 2 / 3.0, 0))
                .contains(new Point(0.5, 2 / 3.0, 0), new Point(0.5, 1, 0))
                .endsWith(new Point(1, 1, 0));
    }

    @Test
    void precisionRecallIsAStepFunction() {
        assertThat(curves.precisionRecall())
                .startsWith(new Point(0, 1, 0), new Point(1 / 3.0, 1, 0), new Point(2 / 3.0, 1, 0))
                .contains(new Point(2 / 3.0, 0.75, 0), new Point(1, 0.75, 0))
                .endsWith(new Point(1, 0.6, 0));
    }

    @Test
    void liftIsPrecisionRelativeToTheBaseRate() {
        assertThat(curves.lift(0.2)).isCloseTo(1 / 0.6, within(1e-12));
        assertThat(curves.lift(0.8)).isCloseTo(1 / 0.8, within(1e-12));
        assertThat(curves.lift(1)).isCloseTo(1, within(1e-12));
    }

    @Test
    void curvesDoNotGrowWithTheRows() {
        double[] probabilities =
                IntStream.range(0, 100_000).mapToDouble(row -> row / 100_000.0).toArray();
        boolean[] positive = new boolean[probabilities.length];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = row % 3 == 0;
        }

        RankingCurves many = new RankingCurves(Ranking.of(probabilities, positive));

        assertThat(many.roc()).hasSizeLessThan(520).endsWith(new Point(1, 1, 0));
        assertThat(many.gains()).hasSizeLessThan(520);
    }
}
