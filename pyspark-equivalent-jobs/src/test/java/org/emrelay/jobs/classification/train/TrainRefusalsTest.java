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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.ClassificationFolder;
import org.emrelay.jobs.classification.Members;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class TrainRefusalsTest {
    @TempDir
    private static Path directory;

    private static ClassificationFolder folder;
    private static Dataset<Row> members;
    private static int tables;

    @BeforeAll
    static void write() {
        members = Members.table(60);
        folder = new ClassificationFolder(directory).write("members", members);
    }

    @Test
    void namesAPlantedLeak() {
        assertThatThrownBy(() -> train(
                        members.withColumn("farewell letters", when(col("left").equalTo("yes"), 1))))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--table: feature 'farewell letters' alone tells the classes apart with an AUC of 1.0000 on the"
                                + " training rows, more than --leak-auc 0.99: it most likely holds what is known only afterwards;"
                                + " leave it out by --exclude 'farewell letters'.");
    }

    @Test
    void namesALeakThatIsACategory() {
        assertThatThrownBy(() -> train(members.withColumn(
                        "state", when(col("left").equalTo("yes"), "gone").otherwise("there"))))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith(
                        "--table: feature 'state' alone tells the classes apart with an AUC of 1.0000 ");
    }

    /** More rows than a driver looks at, of which three are positive: a sample of all hardly has one. */
    @Test
    void namesALeakThatOnlyAHandfulOfVeryManyRowsShow() {
        Dataset<Row> many = LocalSpark.session()
                .range(0, 300_000, 1, 2)
                .select(
                        functions.concat(lit("m"), col("id")).as("member"),
                        col("id").mod(100_000).equalTo(17).as("left"),
                        functions.xxhash64(col("id")).mod(1_000).as("noise"),
                        when(col("id").mod(100_000).equalTo(17), 1).otherwise(0).as("letters"));

        assertThatThrownBy(() -> train(many, "--folds", "2"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith(
                        "--table: feature 'letters' alone tells the classes apart with an AUC of 1.0000 ");
    }

    @Test
    void readsADecimalLabelAsTheNumberThatItIs() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(1).cast("decimal(3,2)"))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is 1 in all 60 rows: there is no negative row \\(of users: nobody"
                                + " who stays\\), so there is nothing to tell apart\\.");
    }

    @Test
    void saysWhereNobodyLeaves() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(0.0))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is 0 in all 60 rows: there is no positive row \\(of users: no"
                                + " churner\\), so there is nothing to tell apart\\.");
    }

    @Test
    void saysWhereEverybodyLeaves() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(true))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ is true in all 60 rows: there is no negative row \\(of users:"
                                + " nobody who stays\\), so there is nothing to tell apart\\.");
    }

    @Test
    void refusesALabelOfThreeValues() {
        assertThatThrownBy(() -> train(members.withColumn("left", col("age").mod(3))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ has more than two values: 0, 1, 2; make it two classes\\.");
    }

    @Test
    void refusesALabelThatIsNowhere() {
        assertThatThrownBy(() -> train(members.withColumn("left", lit(null).cast("string"))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--label: 'left' of \\S+ has no value in any row with an id: there is nothing to learn"
                                + " from\\.");
    }

    @Test
    void refusesAPositiveValueThatNoRowHas() {
        assertFault(
                "--positive: 'left' of " + folder.uri("members") + " is never 'gone'. Its values: no, yes.",
                "--positive",
                "gone");
    }

    @Test
    void refusesMoreFoldsThanTheSmallerClassHasRows() {
        assertThatThrownBy(() -> train(
                        members.withColumn(
                                "left",
                                when(col("member").isin("m1", "m2", "m3"), 1).otherwise(0)),
                        "--folds",
                        "3"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--folds: 3 folds need as many positive rows of different ids on the training side, and 'left' has"
                                + " 2; give --folds 2 or fewer.");
    }

    @Test
    void namesAMissingColumn() {
        String columns = " Its columns: " + String.join(", ", members.columns()) + ".";
        assertFault(
                "--features: " + folder.uri("members") + " has no column 'visit'." + columns + " Did you mean visits?",
                "--features",
                "visit");
        assertFault(
                "--exclude: " + folder.uri("members") + " has no column 'weather'." + columns, "--exclude", "weather");
    }

    @Test
    void refusesTheLabelAsAFeature() {
        assertFault("--features: 'left' is what --label names; no model may see it.", "--features", "visits,left");
    }

    @Test
    void refusesAFeatureOfATypeThatNobodyCanLearnFrom() {
        assertThatThrownBy(() -> train(members.withColumn("friends", array(col("age"))), "--features", "friends"))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--features: column 'friends' of \\S+ is of type array<int>; a number, text, yes or no, or"
                                + " a date is needed\\.");
    }

    @Test
    void refusesATableWithoutAnythingToLearnFrom() {
        assertFault(
                "--table: " + folder.uri("members") + " has no column that a model could learn from; left out: note (48"
                        + " values, most of them in hardly any row), club (the same in every row).",
                "--features",
                "note,club");
    }

    @Test
    void refusesNamesThatModelsUseThemselves() {
        assertThatThrownBy(() -> train(members.withColumn("Chance", col("noise"))))
                .isInstanceOf(UserFault.class)
                .hasMessageMatching(
                        "--table: column 'Chance' of \\S+ has a name that models give to what they make; rename"
                                + " it, or leave it out by --exclude 'Chance'\\.");
    }

    @Test
    void findsAnUnknownParameterBeforeAnythingIsRead() {
        assertThatThrownBy(() -> folder.train("nowhere", "never", "--grids", "{\"gbt\": {\"maxDept\": [3]}}"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--grids: gbt has no parameter 'maxDept'. Known parameters: ")
                .hasMessageEndingWith(". Did you mean maxDepth?");
    }

    @Test
    void saysWhatIsWrongWithAGrid() {
        assertFault(
                "--grids: there is no model 'xgbost'. Known models: lr, nb, rf, svm, gbt, xgboost. Did you mean xgboost?",
                "--grids",
                "{\"xgbost\": {}}");
        assertFault("--grids: the list of 'maxDepth' of gbt is empty.", "--grids", "{\"gbt\": {\"maxDepth\": []}}");
        assertFault(
                "--grids: the grid of gbt must be a JSON object such as {\"maxDepth\": [3, 5]}, not 5.",
                "--grids",
                "{\"gbt\": 5}");
        assertFault("--grids: there is no file nowhere.json.", "--grids", "nowhere.json");
    }

    @Test
    void readsAGridFromAFile() throws Exception {
        Files.writeString(directory.resolve("grids.json"), "{\"gbt\": {\"maxDepth\": 99}}");

        assertFault(
                "--grids: 'maxDepth' cannot be 99. It is: Maximum depth of the tree. (Nonnegative) E.g., depth 0 means 1"
                        + " leaf node; depth 1 means 1 internal node + 2 leaf nodes. Must be in range [0, 30].",
                "--grids",
                folder.uri("grids.json"));
    }

    @Test
    void refusesAModelThatItDoesNotKnow() {
        assertFault(
                "--models: there is no model 'xgbost'. Known models: lr, nb, rf, svm, gbt, xgboost. Did you mean xgboost?",
                "--models",
                "lr,xgbost");
    }

    private static void train(Dataset<Row> table, String... flags) {
        tables++;
        folder.write("table-" + tables, table).train("table-" + tables, "never", flags);
    }

    private static void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> folder.train("members", "never", flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
        assertThat(directory.resolve("never")).doesNotExist();
    }
}
