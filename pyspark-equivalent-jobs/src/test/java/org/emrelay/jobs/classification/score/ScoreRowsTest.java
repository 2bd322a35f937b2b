package org.emrelay.jobs.classification.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.ClassificationFolder;
import org.emrelay.jobs.classification.Members;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class ScoreRowsTest {
    @TempDir
    private static Path directory;

    private static ClassificationFolder folder;
    private static TrainedModels trained;

    @BeforeAll
    static void train() {
        folder = new ClassificationFolder(directory).write("members", Members.table(300));
        folder.write("unknown", Members.table(400).drop("left").repartition(3));
        trained = folder.train("members", "trained", "--models", "lr,gbt,xgboost", "--folds", "2", "--grids", """
                        {"lr": {}, "gbt": {"maxIter": 4, "maxDepth": 3}, "xgboost": {"numRound": 15, "max_depth": 3}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lr", "gbt", "xgboost"})
    void saysWhatTheModelSaysTheLikeliestFirst(String model) {
        folder.score("unknown", "trained", "by-" + model, "--model", model);
        List<Row> scores = folder.parquet("by-" + model + "/scores").collectAsList();
        Map<String, Double> said = new HashMap<>();
        Dataset<Row> rows = folder.parquet("unknown").withColumn("id", col("member"));
        trained.model(model)
                .transform("test", rows, "chance")
                .select("member", "chance")
                .collectAsList()
                .forEach(row -> said.put(row.getString(0), row.getDouble(1)));
        double threshold = trained.card().model(model).threshold();

        assertThat(folder.parquet("by-" + model + "/scores").columns())
                .containsExactly("member", "probability", "decision", "reason_1", "reason_2", "reason_3");
        assertThat(scores).hasSize(400).allSatisfy(row -> {
            assertThat(row.getDouble(1)).isCloseTo(said.get(row.getString(0)), within(1e-6));
            assertThat(row.getBoolean(2)).isEqualTo(row.getDouble(1) >= threshold);
        });
        assertThat(folder.read("by-" + model + "/scores.csv").lines().skip(1))
                .hasSize(400)
                .isSortedAccordingTo((one, other) -> Double.compare(probability(other), probability(one)));
        assertThat(folder.read("by-" + model + "/report.json"))
                .startsWith("{\n  \"scored\" : 400,\n  \"decided\" : "
                        + scores.stream().filter(row -> row.getBoolean(2)).count()
                        + ",\n  \"model\" : \"" + model + "\",\n  \"threshold\" : " + threshold);
    }

    private static double probability(String line) {
        return Double.parseDouble(line.split(",", -1)[1]);
    }

    @Test
    void namesWhatPushesAChanceUpTheWeightiestFirst() {
        Dataset<Row> one = folder.parquet("unknown")
                .where("member = 'm1'")
                .withColumn("visits", lit(0.2))
                .withColumn("tariff", lit("monthly"))
                .withColumn("age", lit(null).cast("int"))
                .withColumn("town of birth", lit("nowhere"));
        Dataset<Row> calm = one.withColumn("member", lit("calm"))
                .withColumn("visits", lit(9.9))
                .withColumn("tariff", lit("yearly"));
        folder.write("two", one.union(calm)).score("two", "trained", "reasons", "--model", "gbt");
        List<Row> scores = folder.parquet("reasons/scores").collectAsList();

        assertThat(scores.get(0).getString(0)).isEqualTo("m1");
        assertThat(scores.get(0).getString(3)).matches("visits 0\\.2 \\(typical [12][\\d.]*\\)");
        assertThat(scores.get(0).getString(4)).isEqualTo("tariff monthly (typical yearly)");
        for (int reason = 3; reason <= 5; reason++) {
            assertThat(scores.get(1).getString(reason))
                    .satisfiesAnyOf(
                            text -> assertThat(text).isNull(),
                            text -> assertThat(text).doesNotContain("visits", "tariff"));
        }
    }

    @Test
    void takesTheBestModelWhereNoneIsNamed() {
        folder.score("unknown", "trained", "by-best");

        assertThat(folder.read("by-best/report.json"))
                .contains("\"model\" : \"" + trained.card().best() + "\"");
    }

    @Test
    void namesAColumnThatTheModelsNeed() {
        folder.write("without", folder.parquet("unknown").drop("visits"));

        assertThatThrownBy(() -> folder.score("without", "trained", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--training: " + folder.uri("without") + " has no column 'visits'. Its columns: member, tariff,"
                                + " town of birth, age, newsletter, since, noise, note, club.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"probability", "Decision", "reason_1"})
    void refusesAnIdThatIsCalledLikeAColumnOfScores(String name) {
        folder.write("called-" + name, folder.parquet("unknown").withColumnRenamed("member", name));

        assertThatThrownBy(() -> folder.score("called-" + name, "trained", "never", "--id", name))
                .isInstanceOf(UserFault.class)
                .hasMessage("--id: '" + name + "' is a column that scores have of their own (probability, decision,"
                        + " reason_1, reason_2, reason_3); rename the column that says whom a row is about.");
    }

    @Test
    void namesTheModelsThatThereAre() {
        assertThatThrownBy(() -> folder.score("unknown", "trained", "never", "--model", "rf"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: " + folder.uri("trained")
                        + " has no model 'rf'. Its models: lr, gbt, xgboost. Did you mean lr?");
    }

    @Test
    void saysWhereNothingWasTrained() {
        assertThatThrownBy(() -> folder.score("unknown", "members", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: there is no file " + folder.uri("members") + "/training.json.");
    }
}
