package org.emrelay.jobs.classification.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PenalizedLogisticRegressionTest {
    private static final PenalizedLogisticRegression UNPENALIZED =
            new PenalizedLogisticRegression(0, 0, true, 100, 1e-6);

    private static VectorRows rows(boolean[] positive, double[]... vectors) {
        double[] weights = new double[vectors.length];
        Arrays.fill(weights, 1);
        return new VectorRows(vectors, positive, weights);
    }

    @Test
    void separableRowsHaveFinitePredictions() {
        VectorRows rows = rows(new boolean[] {false, false, true, true}, new double[][] {{1}, {2}, {3}, {4}});

        InMemoryClassifier.Fitted fitted = UNPENALIZED.fit(rows);

        assertThat(fitted.rawPrediction(new double[] {2})[1]).isNegative().isFinite();
        assertThat(fitted.rawPrediction(new double[] {3})[1]).isPositive().isFinite();
    }

    @Test
    void constantAndRepeatedFeaturesChangeNothing() {
        boolean[] positive = new boolean[50];
        IntStream.range(0, 50).forEach(row -> positive[row] = row * 7 % 50 > 20 + row % 9);
        double[][] single = IntStream.range(0, 50)
                .mapToObj(row -> new double[] {row * 7 % 50})
                .toArray(double[][]::new);
        double[][] redundant = Arrays.stream(single)
                .map(row -> new double[] {row[0], 0, row[0]})
                .toArray(double[][]::new);

        double expected = UNPENALIZED.fit(rows(positive, single)).rawPrediction(new double[] {10})[1];

        assertThat(UNPENALIZED.fit(rows(positive, redundant)).rawPrediction(new double[] {10, 0, 10})[1])
                .isCloseTo(expected, within(1e-4));
    }
}
