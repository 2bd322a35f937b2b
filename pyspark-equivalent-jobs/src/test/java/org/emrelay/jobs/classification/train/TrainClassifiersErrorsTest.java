package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.classification.ClassificationFixture;
import org.emrelay.jobs.classification.Members;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class TrainClassifiersErrorsTest {
    @TempDir
    private static Path directory;

    private static ClassificationFixture fixture;
    private static Dataset<Row> members;
    private static int tables;

    @BeforeAll
    static void write() {
        members = Members.table(60);
        fixture = new ClassificationFixture(directory).write("members", members);
    }

    @Test
    void reportsALeakingFeature() {
        assertThatThrownBy(() -> train(
                        members.withColumn("farewell letters", when(col("left").equalTo("yes"), 1))))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--table: feature 'farewell letters' alone has an AUC of 1.0000 on the training rows, above --leak-auc"
                                + " 0.99. It most likely leaks the label. Leave it out with --exclude 'farewell letters', or raise"
                                + " --leak-auc.");
    }

    @Test
    void reportsALeakingCategory() {
        assertThatThrownBy(() -> train(members.withColumn(
                        "state", when(col("left").equalTo("yes"), "gone").otherwise("there"))))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--table: feature 'state' alone has an AUC of 1.0000 ");
    }

    /** More rows than the sample, with three positives: a uniform sample would rarely contain one. */
    @Test
    void reportsALeakThatOnlyAFewRowsOfALargeTableShow() {
        Dataset<Row> many = LocalSpark.session()
                .range(0, 300_000, 1, 2)
                .select(
                        functions.concat(lit("m"), col("id")).as("member"),
                        col("id").mod(100_000).equalTo(17).as("left"),
                        functions.xxhash64(col("id")).mod(1_000).as("noise"),
                        when(col("id").mod(100_000).equalTo(17), 1).otherwise(0).as("letters"));

        assertThatThrownBy(() -> train(many, "--folds", "2"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--table: feature 'letters' alone has an AUC of 1.0000 ");
    }

    @Test
    void displaysADecimalLabelAsAnInteger() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(1).cast("decimal(3,2)"))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is 1 in all 60 rows: there is no negative row\\. Training needs rows of both"
                                + " classes\\.");
    }

    @Test
    void rejectsATableWithoutPositiveRows() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(0.0))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is 0 in all 60 rows: there is no positive row\\. Training needs rows of both"
                                + " classes\\.");
    }

    @Test
    void rejectsATableWithoutNegativeRows() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(true))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is true in all 60 rows: there is no negative row\\. Training needs rows of"
                                + " both classes\\.");
    }

    @Test
    void rejectsALabelWithThreeValues() {
        assertThatThrownBy(() -> train(members.withColumn("left", col("age").mod(3))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ has more than two values: 0, 1, 2\\. Binary classification needs exactly two\\.");
    }

    @Test
    void rejectsATableWithoutLabels() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(null).cast("string"))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is empty in all rows with an id\\. Training needs labels\\.");
    }

    @Test
    void rejectsAPositiveValueThatDoesNotOccur() {
        assertFault(
                "--positive: 'left' of " + fixture.uri("members") + " has no value 'gone'. Values: no, yes.",
                "--positive",
                "gone");
    }

    @Test
    void rejectsMoreFoldsThanMinorityIds() {
        assertThatThrownBy(() -> train(
                        members.withColumn(
                                "left",
                                when(col("member").isin("m1", "m2", "m3"), 1).otherwise(0)),
                        "--folds",
                        "3"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--folds: 3 folds need at least as many training ids with positive rows; 'left' has 2. Use --folds 2"
                                + " or fewer.");
    }

    @Test
    void reportsAMissingColumn() {
        String columns = " Its columns: " + String.join(", ", members.columns()) + ".";
        assertFault(
                "--features: " + fixture.uri("members") + " has no column 'visit'." + columns + " Did you mean visits?",
                "--features",
                "visit");
        assertFault(
                "--exclude: " + fixture.uri("members") + " has no column 'weather'." + columns, "--exclude", "weather");
    }

    @Test
    void rejectsTheLabelAsAFeature() {
        assertFault("--features: 'left' is the --label column and cannot be a feature.", "--features", "visits,left");
    }

    @Test
    void rejectsAFeatureOfAnUnsupportedType() {
        assertThatThrownBy(() -> train(members.withColumn("friends", array(col("age"))), "--features", "friends"))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--features: column 'friends' of \\S+ has type array<int>\\. Features are numbers, strings, booleans,"
                                + " dates or timestamps\\.");
    }

    @Test
    void rejectsATableWithoutUsableFeatures() {
        assertFault(
                "--table: " + fixture.uri("members")
                        + " has no usable feature column; left out: note (48 distinct values,"
                        + " most of them rare), club (constant).",
                "--features",
                "note,club");
    }

    @Test
    void rejectsReservedColumnNames() {
        assertThatThrownBy(() -> train(members.withColumn("Probability", col("noise"))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--table: column 'Probability' of \\S+ has a reserved name\\. Rename it, or leave it out with"
                                + " --exclude 'Probability'\\.");
    }

    @Test
    void reportsAnUnknownParameterBeforeReadingTheTable() {
        assertThatThrownBy(() -> fixture.train("nowhere", "never", "--grids", "{\"gbt\": {\"maxDept\": [3]}}"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--grids: gbt has no parameter 'maxDept'. Known parameters: ")
                .hasMessageEndingWith(". Did you mean maxDepth?");
    }

    @Test
    void rejectsInvalidGrids() {
        assertFault(
                "--grids: unknown model 'xgbost'. Known models: lr, nb, rf, svm, gbt, xgboost. Did you mean xgboost?",
                "--grids",
                "{\"xgbost\": {}}");
        assertFault("--grids: the list of 'maxDepth' of gbt is empty.", "--grids", "{\"gbt\": {\"maxDepth\": []}}");
        assertFault(
                "--grids: the grid of gbt must be a JSON object such as {\"maxDepth\": [3, 5]}, not 5.",
                "--grids",
                "{\"gbt\": 5}");
        assertFault("--grids: nowhere.json does not exist.", "--grids", "nowhere.json");
    }

    @Test
    void readsGridsFromAFile() throws Exception {
        Files.writeString(directory.resolve("grids.json"), "{\"gbt\": {\"maxDepth\": 99}}");

        assertFault(
                "--grids: 'maxDepth' cannot be 99. Description: Maximum depth of the tree. (Nonnegative) E.g., depth 0 means 1"
                        + " leaf node; depth 1 means 1 internal node + 2 leaf nodes. Must be in range [0, 30].",
                "--grids",
                fixture.uri("grids.json"));
    }

    @Test
    void rejectsAnUnknownModel() {
        assertFault(
                "--models: unknown model 'xgbost'. Known models: lr, nb, rf, svm, gbt, xgboost. Did you mean xgboost?",
                "--models",
                "lr,xgbost");
    }

    private static void train(Dataset<Row> table, String... flags) {
        tables++;
        fixture.write("table-" + tables, table).train("table-" + tables, "never", flags);
    }

    private static void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> fixture.train("members", "never", flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
        assertThat(directory.resolve("never")).doesNotExist();
    }
}
