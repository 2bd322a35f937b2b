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
import org.emrelay.jobs.classification.ClassificationFixture;
import org.emrelay.jobs.classification.Members;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.tables.UserFault;
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

    private static ClassificationFixture fixture;
    private static TrainedModels trained;

    @BeforeAll
    static void train() {
        fixture = new ClassificationFixture(directory).write("members", Members.table(300));
        fixture.write("unknown", Members.table(400).drop("left").repartition(3));
        trained = fixture.train("members", "trained", "--models", "lr,gbt,xgboost", "--folds", "2", "--grids", """
                        {"lr": {}, "gbt": {"maxIter": 60, "maxDepth": 1}, "xgboost": {"numRound": 15, "max_depth": 3}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lr", "gbt", "xgboost"})
    void writesTheModelsProbabilitiesInDescendingOrder(String model) {
        fixture.score("unknown", "trained", "by-" + model, "--model", model);
        List<Row> scores = fixture.parquet("by-" + model + "/scores").collectAsList();
        Map<String, Double> expected = new HashMap<>();
        Dataset<Row> rows = fixture.parquet("unknown").withColumn("id", col("member"));
        trained.model(model)
                .transform("test", rows, "probability")
                .select("member", "probability")
                .collectAsList()
                .forEach(row -> expected.put(row.getString(0), row.getDouble(1)));
        double threshold = trained.card().model(model).threshold();

        assertThat(fixture.parquet("by-" + model + "/scores").columns())
                .containsExactly("member", "probability", "decision", "reason_1", "reason_2", "reason_3");
        assertThat(scores).hasSize(400).allSatisfy(row -> {
            assertThat(row.getDouble(1)).isCloseTo(expected.get(row.getString(0)), within(1e-6));
            assertThat(row.getBoolean(2)).isEqualTo(row.getDouble(1) >= threshold);
        });
        assertThat(fixture.read("by-" + model + "/scores.csv").lines().skip(1))
                .hasSize(400)
                .isSortedAccordingTo((left, right) -> Double.compare(probability(right), probability(left)));
        assertThat(fixture.read("by-" + model + "/report.json"))
                .startsWith("{\n  \"scored\" : 400,\n  \"above_threshold\" : "
                        + scores.stream().filter(row -> row.getBoolean(2)).count()
                        + ",\n  \"model\" : \"" + model + "\",\n  \"threshold\" : " + threshold);
    }

    private static double probability(String line) {
        return Double.parseDouble(line.split(",", -1)[1]);
    }

    @Test
    void listsTheFeaturesThatRaiseAProbabilityStrongestFirst() {
        Dataset<Row> likely = fixture.parquet("unknown")
                .where("member = 'm1'")
                .withColumn("visits", lit(0.2))
                .withColumn("tariff", lit("monthly"))
                .withColumn("age", lit(null).cast("int"))
                .withColumn("town of birth", lit("nowhere"));
        Dataset<Row> unlikely = likely.withColumn("member", lit("unlikely"))
                .withColumn("visits", lit(9.9))
                .withColumn("tariff", lit("yearly"));
        fixture.write("two", likely.union(unlikely)).score("two", "trained", "reasons", "--model", "gbt");
        List<Row> scores = fixture.parquet("reasons/scores").collectAsList();

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
    void usesTheBestModelByDefault() {
        fixture.score("unknown", "trained", "by-best");

        assertThat(fixture.read("by-best/report.json"))
                .contains("\"model\" : \"" + trained.card().best() + "\"");
    }

    @Test
    void rejectsATableWithoutAFeatureColumn() {
        fixture.write("without", fixture.parquet("unknown").drop("visits"));

        assertThatThrownBy(() -> fixture.score("without", "trained", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: " + fixture.uri("without")
                        + " has no column 'visits'. Its columns: member, tariff,"
                        + " town of birth, age, newsletter, since, noise, note, club.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"probability", "Decision", "reason_1"})
    void rejectsAnIdNamedLikeAScoreColumn(String name) {
        fixture.write("called-" + name, fixture.parquet("unknown").withColumnRenamed("member", name));

        assertThatThrownBy(() -> fixture.score("called-" + name, "trained", "never", "--id", name))
                .isInstanceOf(UserFault.class)
                .hasMessage("--id: '" + name + "' is also a column of the scores (probability, decision,"
                        + " reason_1, reason_2, reason_3). Rename the id column.");
    }

    @Test
    void rejectsAnUnknownModelAndListsTheAvailableOnes() {
        assertThatThrownBy(() -> fixture.score("unknown", "trained", "never", "--model", "rf"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: " + fixture.uri("trained")
                        + " has no model 'rf'. Available models: lr, gbt, xgboost. Did you mean lr?");
    }

    @Test
    void rejectsADirectoryWithoutTraining() {
        assertThatThrownBy(() -> fixture.score("unknown", "members", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--training: " + fixture.uri("members") + "/training.json does not exist.");
    }
}
