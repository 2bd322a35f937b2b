package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class SanityCheckTest {
    @TempDir
    private static Path directory;

    private static TrainingFixture fixture;

    @BeforeAll
    static void train() {
        fixture = new TrainingFixture(directory).train(400, 200, "gbt", "lr");
    }

    @Test
    void modelsOfShuffledLabelsAreWithinTheExpectedRange() {
        evaluate("passed");

        JsonNode sanity = fixture.json("passed/metrics.json").path("sanity");
        assertThat(sanity.path("models").fieldNames()).toIterable().containsExactly("gbt", "lr");
        sanity.path("models").forEach(model -> {
            assertThat(model.path("low").asDouble()).isLessThan(0.5);
            assertThat(model.path("high").asDouble()).isGreaterThan(0.5);
        });
        assertThat(fixture.read("passed/report.html"))
                .contains("Sanity check: shuffled labels", "Expected range", "confidence level 99.5 %");
    }

    @Test
    void detectsIdsOnBothSidesOfTheSplit() {
        TrainingFixture leaking = new TrainingFixture(directory.resolve("leaking")).train(300, 200, "rf");
        leaking.split("held-out", leaking.table(1, 200));

        assertThatThrownBy(() -> evaluate(leaking, "failed"))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching("--sanity: fitted to shuffled labels, rf has an AUC of 0\\.\\d+ on held-out rows,"
                        + " outside the expected range of 0\\.\\d+ to 0\\.\\d+\\. The labels leak to the models: check"
                        + " for ids on both sides of the split, and for the label among the features\\.");
        assertThat(leaking.json("failed/metrics.json").path("sanity").path("models"))
                .hasSize(1);
    }

    @Test
    void writesMetricsEvenIfRefittingFails() {
        TrainingFixture broken = new TrainingFixture(directory.resolve("broken")).train(300, 200, "rf");
        broken.split("training", broken.table(1, 0));

        assertThatThrownBy(() -> evaluate(broken, "evaluated"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DecisionTree requires size of input RDD > 0, but was given by empty one.");

        assertThat(broken.json("evaluated/metrics.json")
                        .path("models")
                        .path("rf")
                        .path("auc")
                        .asDouble())
                .isGreaterThan(0.5);
        assertThat(broken.json("evaluated/metrics.json").has("sanity")).isFalse();
        assertThat(broken.read("evaluated/report.html"))
                .contains("<h2>Models</h2>")
                .doesNotContain("Sanity check");
        assertThat(broken.read("evaluated/metrics.csv").lines()).hasSize(2);
        assertThat(broken.read("evaluated/predictions.csv").lines()).hasSize(201);
    }

    @Test
    void failsOutsideTheExpectedRange() {
        assertThat(new SanityCheck(0.95, Map.of("gbt", new Interval(0.39, 0.39, 0.61))).fault())
                .isEmpty();
        assertThat(new SanityCheck(0.95, Map.of("gbt", new Interval(0.62, 0.39, 0.61))).fault())
                .isPresent();
        assertThat(new SanityCheck(0.95, Map.of("gbt", new Interval(0.38, 0.39, 0.61))).fault())
                .isPresent();
        assertThat(SanityCheck.notRequested().fault()).isEmpty();
    }

    @Test
    void failsWithoutAnAuc() {
        assertThat(new SanityCheck(0.95, Map.of("gbt", new Interval(Double.NaN, Double.NaN, Double.NaN))).fault())
                .map(UserFault::getMessage)
                .contains(
                        "--sanity: fitted to shuffled labels, gbt has no AUC, because the held-out rows have one class only."
                                + " Train with a larger --test-share or another --seed.");
    }

    @Test
    void shufflesLabelsWithinEachSide() {
        Dataset<Row> training = fixture.table(1, 300);
        Dataset<Row> heldOut = fixture.table(2, 100);

        ShuffledLabels labels = ShuffledLabels.of(training, heldOut, 1);

        for (Dataset<Row> side : List.of(training, heldOut)) {
            Dataset<Row> shuffled = side == training ? labels.training() : labels.heldOut();
            assertThat(shuffled.columns()).containsExactlyInAnyOrder(side.columns());
            assertThat(shuffled.select("id", "noise_<b>").collectAsList())
                    .isEqualTo(side.select("id", "noise_<b>").collectAsList());
            assertThat(shuffled.where("label = 1").count())
                    .isEqualTo(side.where("label = 1").count());
            assertThat(shuffled.join(side.withColumnRenamed("label", "own"), "id")
                            .where("label != own")
                            .count())
                    .isGreaterThan(20);
        }
    }

    private static void evaluate(String output) {
        evaluate(fixture, output);
    }

    private static void evaluate(TrainingFixture training, String output) {
        EvaluateClassifiers.main(
                new String[] {"--training", training.uri(""), "--output", training.uri(output), "--sanity"});
    }
}
