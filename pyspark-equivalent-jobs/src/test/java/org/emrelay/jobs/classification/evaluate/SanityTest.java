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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class SanityTest {
    @TempDir
    private static Path directory;

    private static TrainingFolder folder;

    @BeforeAll
    static void train() {
        folder = new TrainingFolder(directory).train(400, 200, "gbt", "lr");
    }

    @Test
    void withShuffledLabelsEveryModelIsWorthNothing() {
        evaluate("sane");

        JsonNode sanity = folder.json("sane/metrics.json").path("sanity");
        assertThat(sanity.path("models").fieldNames()).toIterable().containsExactly("gbt", "lr");
        sanity.path("models").forEach(model -> {
            assertThat(model.path("low").asDouble()).isLessThan(0.5);
            assertThat(model.path("high").asDouble()).isGreaterThan(0.5);
        });
        assertThat(folder.read("sane/report.html"))
                .contains("With shuffled labels", "Where luck alone puts it", "99.5 of 100");
    }

    @Test
    void rowsOnBothSidesGiveThemselvesAway() {
        TrainingFolder leaking = new TrainingFolder(directory.resolve("leaking")).train(300, 200, "rf");
        leaking.split("held-out", leaking.table(1, 200));

        assertThatThrownBy(() -> evaluate(leaking, "insane"))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching("--sanity: fitted to shuffled labels, rf has an AUC of 0\\.\\d+ on rows that it has"
                        + " not seen, where luck alone puts it from 0\\.\\d+ to 0\\.\\d+; the labels reach the models on"
                        + " a way of their own: look for ids on both sides of the split, and for the label among the"
                        + " features\\.");
        assertThat(leaking.json("insane/metrics.json").path("sanity").path("models"))
                .hasSize(1);
    }

    @Test
    void theFiguresAreWrittenAlsoWhereFittingOnceMoreFails() {
        TrainingFolder broken = new TrainingFolder(directory.resolve("broken")).train(300, 200, "rf");
        broken.split("training", broken.table(1, 0));

        assertThatThrownBy(() -> evaluate(broken, "judged"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DecisionTree requires size of input RDD > 0, but was given by empty one.");

        assertThat(broken.json("judged/metrics.json")
                        .path("models")
                        .path("rf")
                        .path("auc")
                        .asDouble())
                .isGreaterThan(0.5);
        assertThat(broken.json("judged/metrics.json").has("sanity")).isFalse();
        assertThat(broken.read("judged/report.html")).contains("The models").doesNotContain("With shuffled labels");
        assertThat(broken.read("judged/metrics.csv").lines()).hasSize(2);
        assertThat(broken.read("judged/chances.csv").lines()).hasSize(201);
    }

    @Test
    void onlyWhatLuckAloneMakesIsSane() {
        assertThat(new Sanity(0.95, Map.of("gbt", new Interval(0.39, 0.39, 0.61))).fault())
                .isEmpty();
        assertThat(new Sanity(0.95, Map.of("gbt", new Interval(0.62, 0.39, 0.61))).fault())
                .isPresent();
        assertThat(new Sanity(0.95, Map.of("gbt", new Interval(0.38, 0.39, 0.61))).fault())
                .isPresent();
        assertThat(Sanity.notAskedFor().fault()).isEmpty();
    }

    @Test
    void whatIsNoNumberIsNotSane() {
        assertThat(new Sanity(0.95, Map.of("gbt", new Interval(Double.NaN, Double.NaN, Double.NaN))).fault())
                .map(UserFault::getMessage)
                .contains(
                        "--sanity: fitted to shuffled labels, gbt has no AUC on the held-out rows, so nothing is known"
                                + " of it; they need labels of both kinds: train with a larger --test-share or another --seed.");
    }

    @Test
    void labelsAreDealtOutAnewAndNoneIsLost() {
        Dataset<Row> training = folder.table(1, 300);
        Dataset<Row> heldOut = folder.table(2, 100);

        ShuffledLabels labels = ShuffledLabels.of(training, heldOut, 1);

        for (Dataset<Row> side : List.of(training, heldOut)) {
            Dataset<Row> dealt = side == training ? labels.training() : labels.heldOut();
            assertThat(dealt.columns()).containsExactlyInAnyOrder(side.columns());
            assertThat(dealt.select("id", "noise_<b>").collectAsList())
                    .isEqualTo(side.select("id", "noise_<b>").collectAsList());
            assertThat(dealt.where("label = 1").count())
                    .isEqualTo(side.where("label = 1").count());
            assertThat(dealt.join(side.withColumnRenamed("label", "own"), "id")
                            .where("label != own")
                            .count())
                    .isGreaterThan(20);
        }
    }

    private static void evaluate(String output) {
        evaluate(folder, output);
    }

    private static void evaluate(TrainingFolder training, String output) {
        EvaluateClassifiers.main(
                new String[] {"--training", training.uri(""), "--output", training.uri(output), "--sanity"});
    }
}
