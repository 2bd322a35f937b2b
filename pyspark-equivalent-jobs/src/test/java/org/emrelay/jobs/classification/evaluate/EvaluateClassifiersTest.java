package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class EvaluateClassifiersTest {
    @TempDir
    private static Path directory;

    private static TrainingFixture fixture;

    @BeforeAll
    static void evaluateOnce() {
        fixture = new TrainingFixture(directory).train(600, 200, "gbt", "rf", "lr");
        evaluate("evaluation", "--subject", "users", "--event", "leave & <go>", "--threshold", "0.4");
    }

    @Test
    void writesMetricsOfEveryModel() {
        JsonNode metrics = fixture.json("evaluation/metrics.json");

        assertThat(metrics.path("best").asText()).isEqualTo("gbt");
        assertThat(metrics.path("models").fieldNames()).toIterable().containsExactly("gbt", "rf", "lr");
        assertThat(metrics.path("models").path("gbt").fieldNames())
                .toIterable()
                .contains("f1", "weighted_f1", "precision", "recall", "accuracy", "auc", "auc_pr", "brier", "log_loss");
        assertThat(gbt().path("auc").asDouble()).isBetween(0.6, 0.95);
        assertThat(gbt().path("threshold").asDouble()).isEqualTo(0.31);
        assertThat(gbt().path("at_given_threshold").path("threshold").asDouble())
                .isEqualTo(0.4);
    }

    @Test
    void countsEveryHeldOutRowOnce() {
        JsonNode confusion = gbt().path("confusion");
        long truePositives = confusion.path("true_positives").asLong();
        long falseNegatives = confusion.path("false_negatives").asLong();
        long falsePositives = confusion.path("false_positives").asLong();

        assertThat(truePositives
                        + falseNegatives
                        + falsePositives
                        + confusion.path("true_negatives").asLong())
                .isEqualTo(200);
        assertThat(truePositives + falseNegatives)
                .isEqualTo(fixture.json("evaluation/metrics.json")
                        .path("held_out")
                        .path("positives")
                        .asLong());
        assertThat(gbt().path("f1").asDouble())
                .isEqualTo(2.0 * truePositives / (2 * truePositives + falseNegatives + falsePositives));
        List<Long> bins = new ArrayList<>();
        gbt().path("calibration").forEach(bin -> bins.add(bin.path("rows").asLong()));
        assertThat(bins.stream().mapToLong(Long::longValue).sum()).isEqualTo(200);
    }

    @Test
    void everyIntervalContainsItsEstimate() {
        fixture.json("evaluation/metrics.json").path("models").forEach(model -> {
            for (EvaluationMetric metric : EvaluationMetric.values()) {
                JsonNode interval = model.path("intervals").path(metric.key());
                assertThat(model.path(metric.key()).asDouble())
                        .isBetween(
                                interval.path("low").asDouble(),
                                interval.path("high").asDouble());
                assertThat(interval.path("high").asDouble())
                        .isGreaterThan(interval.path("low").asDouble() + 0.01);
            }
        });
    }

    @Test
    void pairedDifferencesHaveNarrowerIntervalsThanMetrics() {
        JsonNode difference = fixture.json("evaluation/metrics.json")
                .path("best_minus_others")
                .path("rf")
                .path("auc");
        JsonNode rf = fixture.json("evaluation/metrics.json").path("models").path("rf");
        JsonNode interval = gbt().path("intervals").path("auc");

        assertThat(fixture.json("evaluation/metrics.json")
                        .path("best_minus_others")
                        .path("rf")
                        .path("confidence_level")
                        .asDouble())
                .isEqualTo(0.975);
        assertThat(difference.path("difference").asDouble())
                .isCloseTo(gbt().path("auc").asDouble() - rf.path("auc").asDouble(), within(1e-12));
        assertThat(difference.path("high").asDouble() - difference.path("low").asDouble())
                .isLessThan(
                        interval.path("high").asDouble() - interval.path("low").asDouble());
    }

    @Test
    void measuresFeatureImportance() {
        assertThat(gbt().path("permutation_importances").fieldNames())
                .toIterable()
                .startsWith("days_silent")
                .hasSize(3);
        assertThat(gbt().path("importances").fieldNames()).toIterable().contains("thumbs_down_share");
        JsonNode lr = fixture.json("evaluation/metrics.json").path("models").path("lr");
        assertThat(lr.path("weights").path("days_silent").asDouble()).isPositive();
    }

    @Test
    void writesMetricsAsCsvWithOneLinePerModel() {
        assertThat(fixture.read("evaluation/metrics.csv").lines())
                .hasSize(4)
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "model,rows,positives,f1,weighted_f1,precision,recall,accuracy,auc,auc_pr,brier,log_loss"));
    }

    @Test
    void writesThePredictionsOfEveryModel() {
        assertThat(fixture.read("evaluation/predictions.csv").lines())
                .hasSize(201)
                .startsWith("id,label,gbt,rf,lr")
                .anySatisfy(line -> assertThat(line).matches("\"2-17\",[01],0\\.\\d+,0\\.\\d+,0\\.\\d+"));
    }

    @Test
    void resultsAreReproducible() {
        evaluate("again", "--subject", "users", "--event", "leave & <go>", "--threshold", "0.4");

        assertThat(fixture.read("again/metrics.json")).isEqualTo(fixture.read("evaluation/metrics.json"));
        assertThat(fixture.read("again/report.html")).isEqualTo(fixture.read("evaluation/report.html"));
    }

    @Test
    void writesASelfContainedPageWithEscapedText() {
        assertThat(fixture.read("evaluation/report.html"))
                .contains(
                        "Which users leave &amp; &lt;go&gt;?",
                        "Of the users predicted positive, ",
                        "Base rate: ",
                        "<h2>Models</h2>",
                        "<h2>Limitations</h2>",
                        "If a model is well calibrated, 30 % of the users with a predicted probability of 30 %"
                                + " leave &amp; &lt;go&gt;, and its reliability curve follows the diagonal.",
                        "Precision-recall curve",
                        "ROC curve",
                        "false positive rate",
                        "recall (true positive rate)",
                        ">precision</text>",
                        "mean predicted probability",
                        "Cumulative gains",
                        "Lift",
                        "<h2>Calibration</h2>",
                        "Permutation importance: gbt",
                        "Cross-validation",
                        "0.700 ± 0.010",
                        "noise &lt;b&gt;")
                .doesNotContain("<script", "http", "NaN", "<go>", "<b>", "Event log", "Sanity check");
    }

    @Test
    void showsTheEventLogIfAnExplorationIsGiven() {
        fixture.write("features/exploration.json", ExplorationChartsTest.EXPLORATION.json());

        evaluate("explored", "--exploration", fixture.uri("features"));

        assertThat(fixture.read("explored/report.html"))
                .contains(
                        "Which rows are positive?",
                        "30 % of the rows with a predicted probability of 30 % are positive, and",
                        "By hour of the day",
                        "Lifetime",
                        "cancelled (30 users)");
    }

    @Test
    void warnsAboutASmallSample() {
        TrainingFixture small = new TrainingFixture(directory.resolve("small")).train(300, 200, "rf", "lr");
        small.split(
                "held-out",
                small.table(2, 200).withColumn("label", functions.expr("if(id in ('2-1', '2-2', '2-3'), 1.0D, 0.0D)")));

        evaluate(small, "evaluation");

        assertThat(small.read("evaluation/report.html"))
                .contains(
                        "Only 3 of them belong to the minority class: too few for meaningful confidence intervals.",
                        "too few rows of one class to compare the models.")
                .doesNotContain("significantly better", "This determines");
        assertThat(fixture.read("evaluation/report.html"))
                .contains("This determines AUC-PR to about ±")
                .doesNotContain("minority class");
    }

    @Test
    void rejectsHeldOutRowsOfOneClass() {
        TrainingFixture other = new TrainingFixture(directory.resolve("one-class"));
        other.write("training.json", fixture.read("training.json"));
        other.split("held-out", fixture.table(2, 20).withColumn("label", functions.lit(0.0)));

        assertThatThrownBy(() -> evaluate(other, "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: all 20 held-out rows of " + other.uri("")
                        + " have the label 0. Evaluation needs both classes: train with a larger --test-share or another"
                        + " --seed.");
        assertThat(directory.resolve("one-class/never")).doesNotExist();
    }

    @Test
    void rejectsACorruptTrainingCard() {
        TrainingFixture other = new TrainingFixture(directory.resolve("corrupt"));
        other.write("training.json", fixture.read("training.json").substring(0, 200));

        assertThatThrownBy(() -> evaluate(other, "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: training.json in " + other.uri("") + " is corrupt. Train again.");
    }

    @Test
    void rejectsADirectoryWithoutTraining() {
        TrainingFixture other = new TrainingFixture(directory.resolve("nothing"));

        assertThatThrownBy(() -> evaluate(other, "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: " + other.uri("") + "/training.json does not exist.");
    }

    private static JsonNode gbt() {
        return fixture.json("evaluation/metrics.json").path("models").path("gbt");
    }

    private static void evaluate(String output, String... flags) {
        evaluate(fixture, output, flags);
    }

    private static void evaluate(TrainingFixture training, String output, String... flags) {
        List<String> arguments =
                new ArrayList<>(List.of("--training", training.uri(""), "--output", training.uri(output)));
        arguments.addAll(List.of(flags));
        EvaluateClassifiers.main(arguments.toArray(String[]::new));
    }
}
