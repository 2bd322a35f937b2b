package org.emrelay.jobs.classification.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.learning.Ranking;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LocalSpark.class)
class InMemoryFitsTest {
    private static final int ROWS = 2_000;
    private static Dataset<Row> training;
    private static Dataset<Row> validation;

    @BeforeAll
    static void makeRows() {
        training = MadeRows.of(ROWS, 1).cache();
        validation = MadeRows.of(ROWS, 2).cache();
    }

    private static RandomForestClassifier forest() {
        return new RandomForestClassifier()
                .setWeightCol("weight")
                .setNumTrees(20)
                .setMaxDepth(6)
                .setFeatureSubsetStrategy("0.5")
                .setMinInstancesPerNode(3)
                .setSeed(1);
    }

    private static GBTClassifier boosted() {
        return new GBTClassifier()
                .setWeightCol("weight")
                .setMaxIter(15)
                .setMaxDepth(3)
                .setSubsamplingRate(0.8)
                .setSeed(1);
    }

    private static LogisticRegression logistic() {
        return new LogisticRegression().setWeightCol("weight");
    }

    private static Stream<Estimator<?>> estimators() {
        return Stream.of(forest(), boosted(), logistic());
    }

    private static Model<?> fit(Estimator<?> estimator) {
        try (InMemoryFits fits = new InMemoryFits(training, ROWS, validation)) {
            return fits.fit(estimator).orElseThrow();
        }
    }

    private static double[][] validate(Estimator<?> estimator) {
        try (InMemoryFits fits = new InMemoryFits(training, ROWS, validation)) {
            return fits.validate(estimator).orElseThrow();
        }
    }

    private static double[][] rawPredictions(Transformer model) {
        return model.transform(validation).select("rawPrediction").collectAsList().stream()
                .map(row -> row.<Vector>getAs(0).toArray())
                .toArray(double[][]::new);
    }

    private static double auc(double[][] raw) {
        List<Row> labels = validation.select("label").collectAsList();
        boolean[] positive = new boolean[labels.size()];
        IntStream.range(0, positive.length)
                .forEach(row -> positive[row] = labels.get(row).getDouble(0) > 0);
        double[] margins = Stream.of(raw).mapToDouble(row -> row[1] - row[0]).toArray();
        return Ranking.of(margins, positive).auc();
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void validatesAsTheSavedModelPredicts(Estimator<?> estimator, @TempDir Path folder) throws Exception {
        PipelineModel model = new PipelineModel("model", new Transformer[] {fit(estimator)});
        model.save(folder.resolve("model").toString());

        double[][] saved =
                rawPredictions(PipelineModel.load(folder.resolve("model").toString()));

        double[][] validated = validate(estimator);
        for (int row = 0; row < ROWS; row++) {
            assertThat(validated[row]).containsExactly(saved[row], within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void isAtLeastAsGoodAsSpark(Estimator<?> estimator) {
        double spark = auc(rawPredictions(estimator.fit(training)));

        assertThat(auc(validate(estimator))).isGreaterThan(spark - 0.005).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.01, 0", "0.01, 0.5", "0.05, 1"})
    void findsTheCoefficientsThatSparkFinds(double regularization, double l1Share) {
        LogisticRegression estimator = logistic()
                .setRegParam(regularization)
                .setElasticNetParam(l1Share)
                .setTol(1e-10)
                .setMaxIter(1000);

        LogisticRegressionModel fitted = (LogisticRegressionModel) fit(estimator);

        LogisticRegressionModel spark = estimator.fit(training);
        assertThat(fitted.coefficients().toArray())
                .containsExactly(spark.coefficients().toArray(), within(1e-3));
        assertThat(fitted.intercept()).isCloseTo(spark.intercept(), within(1e-3));
    }

    @Test
    void reportsTheImportanceOfFeatures() {
        double[] forest = ((RandomForestClassificationModel) fit(forest()))
                .featureImportances()
                .toArray();
        double[] boosted =
                ((GBTClassificationModel) fit(boosted())).featureImportances().toArray();

        for (double[] importance : List.of(forest, boosted)) {
            assertThat(Arrays.stream(importance).sum()).isCloseTo(1, within(1e-9));
            assertThat(importance[3]).as("interaction").isGreaterThan(3 * importance[5]);
        }
    }

    @Test
    void fitsEquallyForEqualSeeds() {
        assertThat(validate(forest())).isDeepEqualTo(validate(forest()));
        assertThat(auc(validate(forest()))).isNotEqualTo(auc(validate(forest().setSeed(2))));
    }

    @Test
    void leavesWhatOnlySparkSupportsToSpark() {
        List<Estimator<?>> others = List.of(
                new LinearSVC(),
                forest().setMinInfoGain(0.1),
                forest().setImpurity("entropy"),
                forest().setMaxBins(300),
                boosted().setMinWeightFractionPerNode(0.1),
                logistic().setFitIntercept(false));

        try (InMemoryFits fits = new InMemoryFits(training, ROWS, validation)) {
            assertThat(others).allMatch(estimator -> fits.fit(estimator).isEmpty());
        }
        try (InMemoryFits tooLarge = new InMemoryFits(training, 1_000_000_000, validation)) {
            assertThat(tooLarge.fit(forest())).isEmpty();
        }
    }
}
