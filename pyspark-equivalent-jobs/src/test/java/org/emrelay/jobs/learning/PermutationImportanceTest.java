package org.emrelay.jobs.learning;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.learning.PermutationImportance.Budget;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class PermutationImportanceTest {
    @Test
    void measuresEachFeatureAndPermutesACategoryAsAWhole() {
        Map<String, int[]> groups = new LinkedHashMap<>();
        groups.put("little", new int[] {0});
        groups.put("much", new int[] {1, 2});
        groups.put("nothing", new int[] {3});

        Importances importances =
                importance(Budget.DEFAULT, 1, 4, 4, 0).compute(rows(300, 0, 1, 4, 4, 0), groups, "prediction", 1);

        assertThat(importances.measured()).extracting(Importance::name).containsExactly("much", "little", "nothing");
        assertThat(importances.measured().get(2).lossIncrease()).isZero();
        assertThat(importances.skipped()).isEmpty();
        // Two independent uniform numbers in [0, 1) differ by 1/3 on average.
        assertThat(importances.measured().get(1).lossIncrease()).isCloseTo(1 / 3.0, within(0.05));
    }

    @Test
    void measuresHundredsOfFeatures() {
        double[] weights = new double[700];
        weights[500] = 1;

        Importances importances = importance(Budget.DEFAULT, weights)
                .compute(rows(300, 0, weights), oneGroupPerSlot(700), "prediction", 1);

        assertThat(importances.measured())
                .hasSize(700)
                .startsWith(importances.measured().stream()
                        .filter(importance -> importance.name().equals("500"))
                        .findFirst()
                        .orElseThrow());
        assertThat(importances.measured().get(0).lossIncrease()).isGreaterThan(0.2);
    }

    @Test
    void measuresTheFirstFeaturesAndListsTheSkippedOnesBeyondTheBudget() {
        Budget small = new Budget(100, 50, 200, 50 * 6 * 2);

        Importances importances = importance(small, 1, 2, 3, 4, 5, 6)
                .compute(rows(300, 0, 1, 2, 3, 4, 5, 6), oneGroupPerSlot(6), "prediction", 1);

        assertThat(importances.measured()).extracting(Importance::name).containsExactly("1", "0");
        assertThat(importances.skipped()).containsExactly("2", "3", "4", "5");
    }

    @Test
    void samplesFromTheWholeTableWhateverItsOrderAndPartitions() {
        Budget fewRows = new Budget(200, 100, 1_000_000, 1_000_000);
        PermutationImportance importance = importance(fewRows, 1, 1);

        Importances importances = importance.compute(rows(1_000, 500, 1, 1), oneGroupPerSlot(2), "prediction", 1);

        assertThat(importances.measured()).allMatch(measured -> measured.lossIncrease() > 0.1);
        assertThat(importance.compute(rows(1_000, 500, 1, 1).repartition(3), oneGroupPerSlot(2), "prediction", 1))
                .isEqualTo(importances);
    }

    private static Map<String, int[]> oneGroupPerSlot(int slots) {
        Map<String, int[]> groups = new LinkedHashMap<>();
        for (int slot = 0; slot < slots; slot++) {
            groups.put(String.valueOf(slot), new int[] {slot});
        }
        return groups;
    }

    /** Of a linear model without error on unpermuted rows. */
    private static PermutationImportance importance(Budget effort, double... weights) {
        LinearRegressionModel model = new LinearRegressionModel("truth", Vectors.dense(weights), 0);
        SavedPipeline pipeline = new SavedPipeline(new PipelineModel("all", List.of(model)), "nowhere");
        return new PermutationImportance(
                pipeline, "features", abs(col("prediction").minus(col("truth"))), effort);
    }

    /** Rows of uniform features with the true label of these weights; the features of the first rows are constant. */
    private static Dataset<Row> rows(int size, int constantRows, double... weights) {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            KeyedRandom random = new KeyedRandom(5, 5, number);
            double[] values = new double[weights.length];
            double truth = 0;
            for (int slot = 0; slot < values.length; slot++) {
                values[slot] = number < constantRows ? 0.5 : random.nextDouble();
                truth += weights[slot] * values[slot];
            }
            rows.add(RowFactory.create(truth, Vectors.dense(values)));
        }
        StructType schema =
                new StructType().add("truth", DataTypes.DoubleType).add("features", SQLDataTypes.VectorType());
        return LocalSpark.session().createDataFrame(rows, schema);
    }
}
