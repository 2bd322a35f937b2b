package org.emrelay.jobs.delivery.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.DeliveryFixture;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class TrainModelTest {
    /** Few enough to be fast, and enough to beat the carrier's estimate. */
    private static final String FEW_TREES = "{\"maxIter\": 4, \"maxDepth\": 3}";

    @TempDir
    private static Path directory;

    private static DeliveryFixture fixture;

    @BeforeAll
    static void prepare() {
        fixture = new DeliveryFixture(directory)
                .generate(1_500)
                .prepareGenerated()
                .features()
                .train("gbt", "--model-params", FEW_TREES);
    }

    @Test
    void beatsTheCarriersEstimate() {
        JsonNode validation = metrics("gbt").path("validation");

        assertThat(validation.path("mae").asDouble())
                .isLessThan(validation.path("carrier_estimate").path("mae").asDouble());
        assertThat(validation.path("late").path("auc").asDouble()).isGreaterThan(0.75);
        assertThat(metrics("gbt")
                        .path("validation_against_carrier_estimate")
                        .path("high")
                        .asDouble())
                .isNegative();
    }

    @Test
    void metricsMatchThePredictions() {
        Dataset<Row> predictions = LocalSpark.session()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(fixture.uri("gbt/predictions/validation.csv"));
        Row measured = predictions
                .selectExpr(
                        "count(*)",
                        "avg(abs(predicted_days - actual_days))",
                        "avg(pow(round(predicted_days) - actual_days, 2))",
                        "min(late_probability)",
                        "max(late_probability)")
                .first();
        JsonNode validation = metrics("gbt").path("validation");

        assertThat(validation.path("rows").asLong()).isEqualTo(measured.getLong(0));
        assertThat(validation.path("mae").asDouble()).isEqualTo(measured.getDouble(1));
        assertThat(validation.path("rounded_mse").asDouble()).isEqualTo(measured.getDouble(2));
        assertThat(measured.getDouble(3)).isNotNegative();
        assertThat(measured.getDouble(4)).isLessThanOrEqualTo(1);
        assertThat(fixture.read("gbt/metrics.csv").lines())
                .startsWith(
                        "split,predictor,rows,mae,mse,rmse,r2,rounded_mae,rounded_mse,rounded_rmse,rounded_r2,mean_error")
                .hasSize(5);
    }

    @Test
    void distanceAndPriorityAreMostImportant() {
        assertThat(metrics("gbt").path("permutation_importances").fieldNames())
                .toIterable()
                .startsWith("distance", "shipping_priority");
    }

    @Test
    void resultsAreReproducible() {
        fixture.train("again", "--model-params", FEW_TREES);

        assertThat(fixture.read("again/metrics.json")).isEqualTo(fixture.read("gbt/metrics.json"));
        assertThat(fixture.read("again/predictions/validation.csv"))
                .isEqualTo(fixture.read("gbt/predictions/validation.csv"));
    }

    @Test
    void writesASelfContainedPage() {
        String page = fixture.read("gbt/report.html");

        assertThat(page)
                .contains(
                        "Residuals",
                        "Predicted vs. actual",
                        "By carrier",
                        "By origin",
                        "By distance",
                        "Permutation importance",
                        "Salt Lake City")
                .doesNotContain("<script", "http://", "https://", "NaN");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "xgboost, '{\"numRound\": 20, \"max_depth\": 3, \"eta\": 0.3}'",
                "linear, '{\"maxIter\": 10}'",
                "random_forest, '{\"numTrees\": 5, \"maxDepth\": 4}'",
                "factorization_machine, '{\"maxIter\": 60, \"factorSize\": 2}'"
            })
    void trainsEveryModelType(String type, String parameters) {
        fixture.train(type, "--model-type", type, "--model-params", parameters);

        assertThat(metrics(type).path("model_type").asText()).isEqualTo(type);
        assertThat(metrics(type).path("validation").path("mae").asDouble()).isBetween(0.3, 4.0);
        fixture.score("prepared/validation", "orders/ProductDescriptions.csv", type + "/model", type + "-scores");
        assertThat(fixture.parquet(type + "-scores/predictions").count())
                .isEqualTo(metrics(type).path("validation").path("rows").asLong());
    }

    @Test
    void squaredLossTradesAbsoluteForSquaredErrors() {
        fixture.train("squared", "--loss", "squared", "--model-params", FEW_TREES);

        assertThat(metrics("squared").path("training").path("mse").asDouble())
                .isLessThan(metrics("gbt").path("training").path("mse").asDouble());
        assertThat(metrics("squared").path("training").path("mae").asDouble())
                .isGreaterThan(metrics("gbt").path("training").path("mae").asDouble());
        assertThat(metrics("squared").path("model_params").path("lossType").asText())
                .isEqualTo("squared");
    }

    @Test
    void lossParameterTakesPrecedenceOverTheOption() {
        TrainModelArguments arguments = TrainModelArguments.parse(
                "--training-features",
                "t",
                "--validation-features",
                "v",
                "--output",
                "o",
                "--model-params",
                "{\"lossType\": \"squared\"}");

        assertThat(arguments.loss()).isEqualTo(Loss.SQUARED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "gbt, '{\"maxIter\": 8}'",
                "xgboost, '{\"numRound\": 40, \"eta\": 0.5, \"numEarlyStoppingRounds\": 3}'"
            })
    void stopsEarly(String type, String parameters) {
        fixture.train("early-" + type, "--model-type", type, "--model-params", parameters, "--early-stopping", "0.2");

        assertThat(metrics("early-" + type).path("validation").path("mae").asDouble())
                .isBetween(0.3, 4.0);
    }

    @Test
    void rejectsEarlyStoppingForOtherModels() {
        assertFault(
                "--early-stopping: linear cannot stop early; gbt and xgboost can.",
                "--model-type",
                "linear",
                "--early-stopping",
                "0.2");
    }

    @Test
    void rejectsAnUnknownParameterAndListsTheKnownOnes() {
        assertFault(
                "--model-params: gbt has no parameter 'maxiter'. Known parameters: cacheNodeIds, checkpointInterval,"
                        + " featureSubsetStrategy, impurity, lossType, maxBins, maxDepth, maxIter, maxMemoryInMB, minInfoGain,"
                        + " minInstancesPerNode, minWeightFractionPerNode, stepSize, subsamplingRate, validationTol. Did you"
                        + " mean maxIter?",
                "--model-params",
                "{\"maxiter\": 4}");
    }

    @Test
    void rejectsAnInvalidParameterValue() {
        assertFault(
                "--model-params: 'maxDepth' cannot be -2. Description: Maximum depth of the tree. (Nonnegative) E.g., depth 0 means 1"
                        + " leaf node; depth 1 means 1 internal node + 2 leaf nodes. Must be in range [0, 30].",
                "--model-params",
                "{\"maxDepth\": -2}");
    }

    @Test
    void rejectsMalformedParameters() {
        assertFault(
                "--model-params must be a JSON object such as {\"maxDepth\": 5}, not '[1]'.", "--model-params", "[1]");
    }

    @Test
    void rejectsAnUnknownModelType() {
        assertFault(
                "--model-type must be one of gbt, xgboost, linear, random_forest, factorization_machine, not 'xgbost'. Did you"
                        + " mean xgboost?",
                "--model-type",
                "xgbost");
    }

    @Test
    void rejectsFeaturesOfTwoPipelines() {
        Metadata unnamed = new AttributeGroup("features", 3).toMetadata();
        fixture.parquet("validation/features")
                .withColumn("features", functions.col("features").as("features", unnamed))
                .write()
                .parquet(fixture.uri("other/features"));

        assertThatThrownBy(() -> TrainModel.main(new String[] {
                    "--training-features", fixture.uri("training/features"),
                    "--validation-features", fixture.uri("other/features"),
                    "--output", fixture.uri("never")
                }))
                .isInstanceOf(UserFault.class)
                .hasMessage("--validation-features: " + fixture.uri("other/features")
                        + " was created by another pipeline than " + fixture.uri("training/features")
                        + ". Create it with the --pipeline-model of the training features.");
    }

    private static void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> fixture.train("never", flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
        assertThat(directory.resolve("never")).doesNotExist();
    }

    private static JsonNode metrics(String output) {
        return fixture.json(output + "/metrics.json");
    }
}
