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
import org.emrelay.jobs.classification.ClassificationFixture;
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
    private static final String SMALL_GRIDS = """
            {"lr": {"regParam": [0.01, 100.0], "elasticNetParam": 1}, "nb": {"modelType": "gaussian"}, "rf": {"numTrees": 10, "maxDepth": 4},
             "svm": {"maxIter": 10}, "gbt": {"maxIter": 4, "maxDepth": 3}, "xgboost": {"numRound": 20, "max_depth": 3}}""";

    @TempDir
    private static Path directory;

    private static ClassificationFixture fixture;
    private static TrainedModels trained;

    @BeforeAll
    static void train() {
        fixture = new ClassificationFixture(directory).write("members", Members.table(600));
        trained = fixture.train(
                "members", "all", "--models", "lr,nb,rf,svm,gbt,xgboost", "--grids", SMALL_GRIDS, "--folds", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lr", "nb", "rf", "svm", "gbt", "xgboost"})
    void everyModelRanksHeldOutRowsAndIsCalibrated(String name) {
        SavedPipeline model = trained.model(name);
        List<Row> rows = model.transform("test", trained.heldOut(), ModelColumns.PROBABILITY)
                .select(ModelColumns.PROBABILITY, ModelColumns.LABEL)
                .collectAsList();

        assertThat(rows)
                .hasSize(120)
                .allSatisfy(row -> assertThat(row.getDouble(0)).isBetween(0.0, 1.0));
        assertThat(auc(rows)).isGreaterThan(0.75);
        double expected = rows.stream().mapToDouble(row -> row.getDouble(0)).sum();
        double observed = rows.stream().mapToDouble(row -> row.getDouble(1)).sum();
        assertThat(expected).isBetween(0.7 * observed, 1.4 * observed);
    }

    @Test
    void leavesOutUninformativeColumns() {
        assertThat(trained.card().featureNames())
                .containsExactly("visits", "tariff", "town of birth", "age", "newsletter", "since", "noise");
    }

    @Test
    void writesTheTrainingCard() {
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
                        .mapToDouble(TrainingCard.TrainedModel::mean)
                        .max()
                        .orElseThrow());
        assertThat(TrainingCard.parse("", "", card.json())).isEqualTo(card);
    }

    @Test
    void selectsTheBestGridPoint() {
        TrainingCard.TrainedModel lr = trained.card().model("lr");

        assertThat(lr.grid()).hasSize(2);
        assertThat(lr.grid().get(0).folds()).hasSize(3);
        assertThat(lr.parameters().get("regParam").asDouble()).isEqualTo(0.01);
        assertThat(lr.mean())
                .isEqualTo(lr.grid().get(0).mean())
                .isGreaterThan(lr.grid().get(1).mean() + 0.05);
    }

    @Test
    void writesOutOfFoldPredictionsOfEveryTrainingRow() {
        Dataset<Row> predictions = trained.outOfFold();

        assertThat(predictions.columns()).containsExactly("model", "id", "label", "probability");
        assertThat(predictions.groupBy("id").count().where("count != 6").count())
                .isZero();
        assertThat(predictions
                        .select("id")
                        .except(trained.training().select("id"))
                        .count())
                .isZero();
        assertThat(predictions.where("model = 'gbt'").count())
                .isEqualTo(trained.training().count());
        double threshold = trained.card().model("gbt").threshold();
        List<Row> rows = predictions
                .where("model = 'gbt'")
                .select("probability", "label")
                .collectAsList();
        assertThat(threshold).isEqualTo(ranking(rows).bestF1Threshold());
    }

    @Test
    void resultsDependNeitherOnRowOrderNorOnPartitions() {
        fixture.write("shuffled", fixture.parquet("members").orderBy("noise").repartition(5));
        TrainedModels again = fixture.train(
                "shuffled",
                "again",
                "--models",
                "lr,rf,gbt,xgboost",
                "--grids",
                SMALL_GRIDS,
                "--folds",
                "3",
                "--parallelism",
                "1");

        for (String name : List.of("lr", "rf", "gbt", "xgboost")) {
            assertThat(again.card().model(name).grid())
                    .isEqualTo(trained.card().model(name).grid());
            assertThat(probabilities(again, name)).isEqualTo(probabilities(trained, name));
        }
        assertThat(again.heldOut().orderBy("id").collectAsList())
                .isEqualTo(trained.heldOut().orderBy("id").collectAsList());
    }

    /** Includes scalers, medians and thresholds. */
    @Test
    void heldOutRowsDoNotAffectTraining() {
        Dataset<Row> heldOut = trained.heldOut().select(col("id").as("held"));
        Dataset<Row> members = fixture.parquet("members");
        Dataset<Row> unchanged = members.join(heldOut, members.col("member").equalTo(heldOut.col("held")), "left_anti");
        Dataset<Row> changed = members.join(heldOut, members.col("member").equalTo(heldOut.col("held")), "left_semi")
                .withColumn("visits", col("visits").plus(1e6))
                .withColumn("age", col("age").multiply(0).minus(5))
                .withColumn("tariff", lit("unseen"));
        fixture.write("changed", unchanged.unionByName(changed));
        TrainedModels other =
                fixture.train("changed", "other", "--models", "lr,nb,svm", "--grids", SMALL_GRIDS, "--folds", "3");

        for (String name : List.of("lr", "nb", "svm")) {
            assertThat(other.card().model(name).threshold())
                    .isEqualTo(trained.card().model(name).threshold());
            List<Row> rows = trained.training().collectAsList();
            Dataset<Row> same = LocalSpark.session()
                    .createDataFrame(rows, trained.training().schema());
            assertThat(other.model(name)
                            .transform("test", same, "probability")
                            .select("probability")
                            .collectAsList())
                    .isEqualTo(trained.model(name)
                            .transform("test", same, "probability")
                            .select("probability")
                            .collectAsList());
        }
        assertThat(other.card().features()).isEqualTo(trained.card().features());
    }

    @Test
    void trainerRefitsTheBestParameters() {
        var model = trained.trainer("gbt").fit(trained.training());
        SavedPipeline refitted = new SavedPipeline(model, "again");
        List<Row> again = refitted.transform("test", trained.heldOut(), "probability")
                .select("probability", "label")
                .collectAsList();
        List<Row> before = trained.model("gbt")
                .transform("test", trained.heldOut(), "probability")
                .select("probability", "label")
                .collectAsList();

        assertThat(auc(again)).isEqualTo(auc(before));
    }

    @Test
    void usesTheRequestedMetricAndFeatures() {
        TrainedModels by = fixture.train(
                "members",
                "log-loss",
                "--models",
                "lr",
                "--grids",
                SMALL_GRIDS,
                "--folds",
                "2",
                "--metric",
                "log_loss",
                "--class-weights",
                "balanced",
                "--features",
                "visits,tariff");

        assertThat(by.card().metric()).isEqualTo("log_loss");
        assertThat(by.card().classWeights()).isTrue();
        assertThat(by.card().model("lr").parameters().get("regParam").asDouble())
                .isEqualTo(0.01);
        assertThat(by.card().model("lr").mean()).isBetween(-0.6, -0.3);
        assertThat(by.card().featureNames()).containsExactly("visits", "tariff");
    }

    private static Map<String, Double> probabilities(TrainedModels models, String name) {
        Map<String, Double> probabilities = new TreeMap<>();
        models.model(name)
                .transform("test", models.heldOut(), ModelColumns.PROBABILITY)
                .select(ModelColumns.ID, ModelColumns.PROBABILITY)
                .collectAsList()
                .forEach(row -> probabilities.put(row.getString(0), row.getDouble(1)));
        return probabilities;
    }

    private static double auc(List<Row> rows) {
        return ranking(rows).auc();
    }

    private static Ranking ranking(List<Row> rows) {
        double[] probabilities =
                rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        boolean[] positive = new boolean[probabilities.length];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = rows.get(row).getDouble(1) > 0;
        }
        return Ranking.of(probabilities, positive);
    }
}
