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
import org.emrelay.jobs.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class EvaluateClassifiersTest {
    @TempDir
    private static Path directory;

    private static TrainingFolder folder;

    @BeforeAll
    static void evaluateOnce() {
        folder = new TrainingFolder(directory).train(600, 200, "gbt", "rf", "lr");
        evaluate("evaluation", "--subject", "users", "--event", "leave & <go>", "--threshold", "0.4");
    }

    @Test
    void saysOfEveryModelWhatIsAskedOfIt() {
        JsonNode metrics = folder.json("evaluation/metrics.json");

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
        long rightly = confusion.path("true_positives").asLong();
        long missed = confusion.path("false_negatives").asLong();
        long inVain = confusion.path("false_positives").asLong();

        assertThat(rightly + missed + inVain + confusion.path("true_negatives").asLong())
                .isEqualTo(200);
        assertThat(rightly + missed)
                .isEqualTo(folder.json("evaluation/metrics.json")
                        .path("held_out")
                        .path("positives")
                        .asLong());
        assertThat(gbt().path("f1").asDouble()).isEqualTo(2.0 * rightly / (2 * rightly + missed + inVain));
        List<Long> bins = new ArrayList<>();
        gbt().path("calibration").forEach(bin -> bins.add(bin.path("rows").asLong()));
        assertThat(bins.stream().mapToLong(Long::longValue).sum()).isEqualTo(200);
    }

    @Test
    void everyIntervalHoldsItsFigure() {
        folder.json("evaluation/metrics.json").path("models").forEach(model -> {
            for (Figure figure : Figure.values()) {
                JsonNode interval = model.path("intervals").path(figure.key());
                assertThat(model.path(figure.key()).asDouble())
                        .isBetween(
                                interval.path("low").asDouble(),
                                interval.path("high").asDouble());
                assertThat(interval.path("high").asDouble())
                        .isGreaterThan(interval.path("low").asDouble() + 0.01);
            }
        });
    }

    @Test
    void aDifferenceIsThatOfTheFiguresAndFinerThanThey() {
        JsonNode difference = folder.json("evaluation/metrics.json")
                .path("best_less_others")
                .path("rf")
                .path("auc");
        JsonNode rf = folder.json("evaluation/metrics.json").path("models").path("rf");
        JsonNode interval = gbt().path("intervals").path("auc");

        assertThat(folder.json("evaluation/metrics.json")
                        .path("best_less_others")
                        .path("rf")
                        .path("level")
                        .asDouble())
                .isEqualTo(0.975);
        assertThat(difference.path("difference").asDouble())
                .isCloseTo(gbt().path("auc").asDouble() - rf.path("auc").asDouble(), within(1e-12));
        assertThat(difference.path("high").asDouble() - difference.path("low").asDouble())
                .isLessThan(
                        interval.path("high").asDouble() - interval.path("low").asDouble());
    }

    @Test
    void findsWhatTheModelsGoBy() {
        assertThat(gbt().path("permutation_importances").fieldNames())
                .toIterable()
                .startsWith("days_silent")
                .hasSize(3);
        assertThat(gbt().path("importances").fieldNames()).toIterable().contains("thumbs_down_share");
        JsonNode lr = folder.json("evaluation/metrics.json").path("models").path("lr");
        assertThat(lr.path("weights").path("days_silent").asDouble()).isPositive();
    }

    @Test
    void writesATableWithALineAModel() {
        assertThat(folder.read("evaluation/metrics.csv").lines())
                .hasSize(4)
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "model,rows,positives,f1,weighted_f1,precision,recall,accuracy,auc,auc_pr,brier,log_loss"));
    }

    @Test
    void writesWhatEveryModelSaysOfEveryRow() {
        assertThat(folder.read("evaluation/chances.csv").lines())
                .hasSize(201)
                .startsWith("id,label,gbt,rf,lr")
                .anySatisfy(line -> assertThat(line).matches("\"2-17\",[01],0\\.\\d+,0\\.\\d+,0\\.\\d+"));
    }

    @Test
    void givesTheSameFiguresAgain() {
        evaluate("again", "--subject", "users", "--event", "leave & <go>", "--threshold", "0.4");

        assertThat(folder.read("again/metrics.json")).isEqualTo(folder.read("evaluation/metrics.json"));
        assertThat(folder.read("again/report.html")).isEqualTo(folder.read("evaluation/report.html"));
    }

    @Test
    void writesAPageThatNeedsNothingElseAndTakesDataForText() {
        assertThat(folder.read("evaluation/report.html"))
                .contains(
                        "Which users leave &amp; &lt;go&gt;?",
                        "Of 100 users that the model names, ",
                        "The models",
                        "What these figures can tell",
                        "Where they are, 30 of 100 users with a chance of 30 % leave &amp; &lt;go&gt;, and the dots are on"
                                + " the line.",
                        "Right and found (precision and recall)",
                        "Found and named in vain (ROC)",
                        "named in vain, of the others (false positive rate)",
                        "found, of those to be found (recall, true positive rate)",
                        "right, of those named (precision)",
                        "chance as said (predicted probability)",
                        "(gains)",
                        "(lift)",
                        "Whether chances are as said",
                        "What gbt cannot do without",
                        "Cross-validation",
                        "0.700 ± 0.010",
                        "noise &lt;b&gt;")
                .doesNotContain("<script", "http", "NaN", "<go>", "<b>", "The log", "With shuffled labels");
    }

    @Test
    void showsTheLogWhereSomebodyHasLookedAtIt() {
        folder.write("features/exploration.json", ExplorationChartsTest.EXPLORATION.json());

        evaluate("explored", "--exploration", folder.uri("features"));

        assertThat(folder.read("explored/report.html"))
                .contains(
                        "Which rows are positive?",
                        "Where they are, 30 of 100 rows with a chance of 30 % are positive, and the dots are on the line.",
                        "By hour of the day",
                        "Length of stay",
                        "cancelled (30 users)");
    }

    @Test
    void saysThatFewRowsOfOneKindTellLittle() {
        TrainingFolder few = new TrainingFolder(directory.resolve("few")).train(300, 200, "rf", "lr");
        few.split(
                "held-out",
                few.table(2, 200).withColumn("label", functions.expr("if(id in ('2-1', '2-2', '2-3'), 1.0D, 0.0D)")));

        evaluate(few, "evaluation");

        assertThat(few.read("evaluation/report.html"))
                .contains(
                        "Of one of the two kinds there are only 3: no interval on this page means much, for so few do"
                                + " not show what others would be like.",
                        "so few of one kind cannot tell which of the two is better.")
                .doesNotContain("not by luck", "So many tell");
        assertThat(folder.read("evaluation/report.html"))
                .contains("So many tell AUC-PR within about ±")
                .doesNotContain("there are only");
    }

    @Test
    void refusesHeldOutRowsOfOneClass() {
        TrainingFolder other = new TrainingFolder(directory.resolve("one-class"));
        other.write("training.json", folder.read("training.json"));
        other.split("held-out", folder.table(2, 20).withColumn("label", functions.lit(0.0)));

        assertThatThrownBy(() -> evaluate(other, "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: all 20 held-out rows of " + other.uri("")
                        + " have the label 0, so nothing can be judged by them; train with a larger --test-share or another"
                        + " --seed.");
        assertThat(directory.resolve("one-class/never")).doesNotExist();
    }

    @Test
    void refusesATrainingThatIsDamaged() {
        TrainingFolder other = new TrainingFolder(directory.resolve("damaged"));
        other.write("training.json", folder.read("training.json").substring(0, 200));

        assertThatThrownBy(() -> evaluate(other, "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: training.json in " + other.uri("") + " is damaged; train again.");
    }

    @Test
    void refusesAPlaceWithoutATraining() {
        TrainingFolder other = new TrainingFolder(directory.resolve("nothing"));

        assertThatThrownBy(() -> evaluate(other, "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: there is no file " + other.uri("") + "/training.json.");
    }

    private static JsonNode gbt() {
        return folder.json("evaluation/metrics.json").path("models").path("gbt");
    }

    private static void evaluate(String output, String... flags) {
        evaluate(folder, output, flags);
    }

    private static void evaluate(TrainingFolder training, String output, String... flags) {
        List<String> arguments =
                new ArrayList<>(List.of("--training", training.uri(""), "--output", training.uri(output)));
        arguments.addAll(List.of(flags));
        EvaluateClassifiers.main(arguments.toArray(String[]::new));
    }
}
