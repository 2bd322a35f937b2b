package org.sparkpipelines.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkpipelines.jobs.LocalSpark;
import org.sparkpipelines.jobs.UserFault;
import org.sparkpipelines.jobs.learning.Bootstrap.Interval;

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
        assertThat(folder.read("sane/report.html")).contains("With shuffled labels", "99.5 of 100");
    }

    @Test
    void rowsOnBothSidesGiveThemselvesAway() {
        TrainingFolder leaking = new TrainingFolder(directory.resolve("leaking")).train(300, 200, "rf");
        leaking.split("held-out", leaking.table(1, 200));

        assertThatThrownBy(() -> evaluate(leaking, "insane"))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching("--sanity: fitted to shuffled labels, rf has an AUC of 0\\.\\d+ \\(0\\.\\d+ to"
                        + " [01]\\.\\d+\\) on rows that it has not seen, where \\.5 is all that there can be; the labels"
                        + " reach the models on a way of their own: look for ids on both sides of the split, and for the"
                        + " label among the features\\.");
        assertThat(leaking.json("insane/metrics.json").path("sanity").path("models"))
                .hasSize(1);
    }

    @Test
    void onlyAnIntervalThatHoldsAHalfIsSane() {
        assertThat(new Sanity(0.95, Map.of("gbt", new Interval(0.45, 0.39, 0.5))).fault())
                .isEmpty();
        assertThat(new Sanity(0.95, Map.of("gbt", new Interval(0.4, 0.3, 0.49))).fault())
                .isPresent();
        assertThat(Sanity.notAskedFor().fault()).isEmpty();
    }

    @Test
    void labelsAreDealtOutAnewAndNoneIsLost() {
        Dataset<Row> training = folder.table(1, 300);
        Dataset<Row> heldOut = folder.table(2, 100);
        ShuffledLabels labels = ShuffledLabels.of(training, heldOut, 1);

        Dataset<Row> both = labels.on(training).union(labels.on(heldOut));

        assertThat(both.count()).isEqualTo(400);
        assertThat(both.where("label = 1").count())
                .isEqualTo(training.union(heldOut).where("label = 1").count());
        long moved = both.join(training.union(heldOut).withColumnRenamed("label", "own"), "id")
                .where("label != own")
                .count();
        assertThat(moved).isGreaterThan(100);
    }

    private static void evaluate(String output) {
        evaluate(folder, output);
    }

    private static void evaluate(TrainingFolder training, String output) {
        EvaluateClassifiers.main(
                new String[] {"--training", training.uri(""), "--output", training.uri(output), "--sanity"});
    }
}
