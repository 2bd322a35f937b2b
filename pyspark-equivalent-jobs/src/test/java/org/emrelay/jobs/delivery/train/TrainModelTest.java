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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.delivery.DeliveryFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class TrainModelTest {
    /** Enough to be better than the carrier, and quick. */
    private static final String FEW_TREES = "{\"maxIter\": 4, \"maxDepth\": 3}";

    @TempDir
    private static Path directory;

    private static DeliveryFolder folder;

    @BeforeAll
    static void prepare() {
        folder = new DeliveryFolder(directory)
                .generate(1_500)
                .prepareGenerated()
                .features()
                .train("gbt", "--model-params", FEW_TREES);
    }

    @Test
    void isNearerToTheTruthThanTheCarrier() {
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
    void measuresWhatItPredicted() {
        Dataset<Row> predictions = LocalSpark.session()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(folder.uri("gbt/predictions/validation.csv"));
        Row measured = predictions
                .selectExpr(
                        "count(*)",
                        "avg(abs(predicted_days - actual_days))",
                        "avg(pow(round(predicted_days) - actual_days, 2))",
                        "min(late_chance)",
                        "max(late_chance)")
                .first();
        JsonNode validation = metrics("gbt").path("validation");

        assertThat(validation.path("rows").asLong()).isEqualTo(measured.getLong(0));
        assertThat(validation.path("mae").asDouble()).isEqualTo(measured.getDouble(1));
        assertThat(validation.path("rounded_mse").asDouble()).isEqualTo(measured.getDouble(2));
        assertThat(measured.getDouble(3)).isNotNegative();
        assertThat(measured.getDouble(4)).isLessThanOrEqualTo(1);
        assertThat(folder.read("gbt/metrics.csv").lines())
                .startsWith(
                        "split,predictor,rows,mae,mse,rmse,r2,rounded_mae,rounded_mse,rounded_rmse,rounded_r2,mean_error")
                .hasSize(5);
    }

    @Test
    void findsThatPriorityAndDistanceMatterMost() {
        assertThat(metrics("gbt").path("permutation_importances").fieldNames())
                .toIterable()
                .startsWith("distance", "shipping_priority");
    }

    @Test
    void givesTheSameFiguresAgain() {
        folder.train("again", "--model-params", FEW_TREES);

        assertThat(folder.read("again/metrics.json")).isEqualTo(folder.read("gbt/metrics.json"));
        assertThat(folder.read("again/predictions/validation.csv"))
                .isEqualTo(folder.read("gbt/predictions/validation.csv"));
    }

    @Test
    void writesAPageThatNeedsNothingElse() {
        String page = folder.read("gbt/report.html");

        assertThat(page)
                .contains(
                        "Residuals",
                        "Predicted against actual",
                        "By carrier",
                        "By origin",
                        "By distance",
                        "Importances",
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
    void trainsEveryKindOfModel(String type, String parameters) {
        folder.train(type, "--model-type", type, "--model-params", parameters);

        assertThat(metrics(type).path("model_type").asText()).isEqualTo(type);
        assertThat(metrics(type).path("validation").path("mae").asDouble()).isBetween(0.3, 4.0);
        folder.score("prepared/validation", "orders/ProductDescriptions.csv", type + "/model", type + "-scores");
        assertThat(folder.parquet(type + "-scores/predictions").count())
                .isEqualTo(metrics(type).path("validation").path("rows").asLong());
    }

    @Test
    void tradesAbsoluteForSquaredErrorsByOneArgument() {
        folder.train("squared", "--loss", "squared", "--model-params", FEW_TREES);

        assertThat(metrics("squared").path("training").path("mse").asDouble())
                .isLessThan(metrics("gbt").path("training").path("mse").asDouble());
        assertThat(metrics("squared").path("training").path("mae").asDouble())
                .isGreaterThan(metrics("gbt").path("training").path("mae").asDouble());
        assertThat(metrics("squared").path("model_params").path("lossType").asText())
                .isEqualTo("squared");
    }

    @Test
    void aLossAmongTheParametersGoesBeforeTheAskedOne() {
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
    void stopsEarlyWhereItIsTold(String type, String parameters) {
        folder.train("early-" + type, "--model-type", type, "--model-params", parameters, "--early-stopping", "0.2");

        assertThat(metrics("early-" + type).path("validation").path("mae").asDouble())
                .isBetween(0.3, 4.0);
    }

    @Test
    void refusesToStopWhatCannotStop() {
        assertFault(
                "--early-stopping: linear cannot stop early; gbt and xgboost can.",
                "--model-type",
                "linear",
                "--early-stopping",
                "0.2");
    }

    @Test
    void listsTheKnownParametersBesideAnUnknownOne() {
        assertFault(
                "--model-params: gbt has no parameter 'maxiter'. Known parameters: cacheNodeIds, checkpointInterval,"
                        + " featureSubsetStrategy, impurity, lossType, maxBins, maxDepth, maxIter, maxMemoryInMB, minInfoGain,"
                        + " minInstancesPerNode, minWeightFractionPerNode, stepSize, subsamplingRate, validationTol. Did you"
                        + " mean maxIter?",
                "--model-params",
                "{\"maxiter\": 4}");
    }

    @Test
    void saysWhatAParameterMayBe() {
        assertFault(
                "--model-params: 'maxDepth' cannot be -2. It is: Maximum depth of the tree. (Nonnegative) E.g., depth 0 means 1"
                        + " leaf node; depth 1 means 1 internal node + 2 leaf nodes. Must be in range [0, 30].",
                "--model-params",
                "{\"maxDepth\": -2}");
    }

    @Test
    void refusesParametersThatAreNoJson() {
        assertFault(
                "--model-params must be a JSON object such as {\"maxDepth\": 5}, not '[1]'.", "--model-params", "[1]");
    }

    @Test
    void refusesAModelThatItDoesNotKnow() {
        assertFault(
                "--model-type must be one of gbt, xgboost, linear, random_forest, factorization_machine, not 'xgbost'. Did you"
                        + " mean xgboost?",
                "--model-type",
                "xgbost");
    }

    @Test
    void refusesFeaturesOfTwoPipelines() {
        Metadata unnamed = new AttributeGroup("features", 3).toMetadata();
        folder.parquet("validation/features")
                .withColumn("features", functions.col("features").as("features", unnamed))
                .write()
                .parquet(folder.uri("foreign/features"));

        assertThatThrownBy(() -> TrainModel.main(new String[] {
                    "--training-features", folder.uri("training/features"),
                    "--validation-features", folder.uri("foreign/features"),
                    "--output", folder.uri("never")
                }))
                .isInstanceOf(UserFault.class)
                .hasMessage("--validation-features: " + folder.uri("foreign/features")
                        + " was made by another pipeline than " + folder.uri("training/features")
                        + "; make it with the --pipeline-model that the training features have made.");
    }

    private static void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> folder.train("never", flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
        assertThat(directory.resolve("never")).doesNotExist();
    }

    private static JsonNode metrics(String output) {
        return folder.json(output + "/metrics.json");
    }
}
