package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.classification.ClassificationFolder;
import org.emrelay.jobs.classification.Members;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.learning.SavedPipeline;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class TrainClassifiersTest {
    private static final String SMALL = """
            {"lr": {"regParam": [0.01, 100.0], "elasticNetParam": 1}, "nb": {"modelType": "gaussian"}, "rf": {"numTrees": 10, "maxDepth": 4},
             "svm": {"maxIter": 10}, "gbt": {"maxIter": 4, "maxDepth": 3}, "xgboost": {"numRound": 20, "max_depth": 3}}""";

    @TempDir
    private static Path directory;

    private static ClassificationFolder folder;
    private static TrainedModels trained;

    @BeforeAll
    static void train() {
        folder = new ClassificationFolder(directory).write("members", Members.table(600));
        trained = folder.train(
                "members", "all", "--models", "lr,nb,rf,svm,gbt,xgboost", "--grids", SMALL, "--folds", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lr", "nb", "rf", "svm", "gbt", "xgboost"})
    void everyKindTellsUnseenRowsApartWithChancesThatKeepTheirWord(String name) {
        SavedPipeline model = trained.model(name);
        List<Row> rows = model.transform("test", trained.heldOut(), ModelColumns.CHANCE)
                .select(ModelColumns.CHANCE, ModelColumns.LABEL)
                .collectAsList();

        assertThat(rows)
                .hasSize(120)
                .allSatisfy(row -> assertThat(row.getDouble(0)).isBetween(0.0, 1.0));
        assertThat(auc(rows)).isGreaterThan(0.75);
        double expected = rows.stream().mapToDouble(row -> row.getDouble(0)).sum();
        double came = rows.stream().mapToDouble(row -> row.getDouble(1)).sum();
        assertThat(expected).isBetween(0.7 * came, 1.4 * came);
    }

    @Test
    void learnsNothingFromWhatTellsNothing() {
        assertThat(trained.card().featureNames())
                .containsExactly("visits", "tariff", "town of birth", "age", "newsletter", "since", "noise");
    }

    @Test
    void keepsOnTheCardWhatTheModelsWereMadeOf() {
        TrainingCard card = trained.card();

        assertThat(card.positive()).isEqualTo("yes");
        assertThat(card.training().rows() + card.heldOut().rows()).isEqualTo(600);
        assertThat(card.training().positives())
                .isEqualTo(trained.training().where(col("label").equalTo(1)).count());
        assertThat(card.heldOut().positives())
                .isEqualTo(trained.heldOut().where(col("label").equalTo(1)).count());
        assertThat(card.models().keySet()).containsExactly("lr", "nb", "rf", "svm", "gbt", "xgboost");
        assertThat(card.model(card.best()).mean())
                .isEqualTo(card.models().values().stream()
                        .mapToDouble(TrainingCard.Trained::mean)
                        .max()
                        .orElseThrow());
        assertThat(TrainingCard.parse("", "", card.json())).isEqualTo(card);
    }

    @Test
    void theGridIsComparedAndItsHopelessPointLoses() {
        TrainingCard.Trained lr = trained.card().model("lr");

        assertThat(lr.grid()).hasSize(2);
        assertThat(lr.grid().get(0).folds()).hasSize(3);
        assertThat(lr.parameters().get("regParam").asDouble()).isEqualTo(0.01);
        assertThat(lr.mean())
                .isEqualTo(lr.grid().get(0).mean())
                .isGreaterThan(lr.grid().get(1).mean() + 0.05);
    }

    @Test
    void saysOutOfFoldOfEachTrainingRowAChanceByEachModel() {
        Dataset<Row> said = trained.outOfFold();

        assertThat(said.columns()).containsExactly("model", "id", "label", "chance");
        assertThat(said.groupBy("id").count().where("count != 6").count()).isZero();
        assertThat(said.select("id").except(trained.training().select("id")).count())
                .isZero();
        assertThat(said.where("model = 'gbt'").count())
                .isEqualTo(trained.training().count());
        double threshold = trained.card().model("gbt").threshold();
        List<Row> rows = said.where("model = 'gbt'").select("chance", "label").collectAsList();
        assertThat(threshold).isEqualTo(ranking(rows).bestThreshold());
    }

    @Test
    void givesTheSameFiguresAgainWhateverTheOrderAndPartitions() {
        folder.write("shuffled", folder.parquet("members").orderBy("noise").repartition(5));
        TrainedModels again = folder.train(
                "shuffled",
                "again",
                "--models",
                "lr,rf,gbt,xgboost",
                "--grids",
                SMALL,
                "--folds",
                "3",
                "--parallelism",
                "1");

        for (String name : List.of("lr", "rf", "gbt", "xgboost")) {
            assertThat(again.card().model(name).grid())
                    .isEqualTo(trained.card().model(name).grid());
            assertThat(chances(again, name)).isEqualTo(chances(trained, name));
        }
        assertThat(again.heldOut().orderBy("id").collectAsList())
                .isEqualTo(trained.heldOut().orderBy("id").collectAsList());
    }

    /** Scalers, medians and thresholds too: whatever held-out rows say, all that was learnt stays the same. */
    @Test
    void nothingOfTheHeldOutRowsReachesTheTraining() {
        Dataset<Row> heldOut = trained.heldOut().select(col("id").as("held"));
        Dataset<Row> members = folder.parquet("members");
        Dataset<Row> kept = members.join(heldOut, members.col("member").equalTo(heldOut.col("held")), "left_anti");
        Dataset<Row> changed = members.join(heldOut, members.col("member").equalTo(heldOut.col("held")), "left_semi")
                .withColumn("visits", col("visits").plus(1e6))
                .withColumn("age", col("age").multiply(0).minus(5))
                .withColumn("tariff", lit("never heard of"));
        folder.write("changed", kept.unionByName(changed));
        TrainedModels other =
                folder.train("changed", "other", "--models", "lr,nb,svm", "--grids", SMALL, "--folds", "3");

        for (String name : List.of("lr", "nb", "svm")) {
            assertThat(other.card().model(name).threshold())
                    .isEqualTo(trained.card().model(name).threshold());
            List<Row> rows = trained.training().collectAsList();
            Dataset<Row> same = LocalSpark.session()
                    .createDataFrame(rows, trained.training().schema());
            assertThat(other.model(name)
                            .transform("test", same, "chance")
                            .select("chance")
                            .collectAsList())
                    .isEqualTo(trained.model(name)
                            .transform("test", same, "chance")
                            .select("chance")
                            .collectAsList());
        }
        assertThat(other.card().features()).isEqualTo(trained.card().features());
    }

    @Test
    void fitsTheBestParametersAgainToOtherRows() {
        var model = trained.fitting("gbt").fit(trained.training());
        SavedPipeline refitted = new SavedPipeline(model, "again");
        List<Row> again = refitted.transform("test", trained.heldOut(), "chance")
                .select("chance", "label")
                .collectAsList();
        List<Row> before = trained.model("gbt")
                .transform("test", trained.heldOut(), "chance")
                .select("chance", "label")
                .collectAsList();

        assertThat(auc(again)).isEqualTo(auc(before));
    }

    @Test
    void comparesByAnotherMetricAndOnFewerColumnsWhereAskedTo() {
        TrainedModels by = folder.train(
                "members",
                "log-loss",
                "--models",
                "lr",
                "--grids",
                SMALL,
                "--folds",
                "2",
                "--metric",
                "log_loss",
                "--class-weights",
                "none",
                "--features",
                "visits,tariff");

        assertThat(by.card().metric()).isEqualTo("log_loss");
        assertThat(by.card().model("lr").parameters().get("regParam").asDouble())
                .isEqualTo(0.01);
        assertThat(by.card().model("lr").mean()).isBetween(-0.6, -0.3);
        assertThat(by.card().featureNames()).containsExactly("visits", "tariff");
    }

    private static Map<String, Double> chances(TrainedModels models, String name) {
        Map<String, Double> chances = new TreeMap<>();
        models.model(name)
                .transform("test", models.heldOut(), ModelColumns.CHANCE)
                .select(ModelColumns.ID, ModelColumns.CHANCE)
                .collectAsList()
                .forEach(row -> chances.put(row.getString(0), row.getDouble(1)));
        return chances;
    }

    private static double auc(List<Row> rows) {
        return ranking(rows).auc();
    }

    private static Ranking ranking(List<Row> rows) {
        double[] chances = rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        boolean[] positive = new boolean[chances.length];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = rows.get(row).getDouble(1) > 0;
        }
        return Ranking.of(chances, positive);
    }
}
