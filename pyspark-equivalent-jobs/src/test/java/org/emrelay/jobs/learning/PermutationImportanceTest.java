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
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.learning.PermutationImportance.Effort;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class PermutationImportanceTest {
    @Test
    void findsWhatTheModelGoesByAndTakesACategoryAsAWhole() {
        Map<String, int[]> groups = new LinkedHashMap<>();
        groups.put("little", new int[] {0});
        groups.put("much", new int[] {1, 2});
        groups.put("nothing", new int[] {3});

        Importances importances =
                importance(Effort.USUAL, 1, 4, 4, 0).of(rows(300, 0, 1, 4, 4, 0), groups, "prediction", 1);

        assertThat(importances.found()).extracting(Importance::name).containsExactly("much", "little", "nothing");
        assertThat(importances.found().get(2).growth()).isZero();
        assertThat(importances.notLookedAt()).isEmpty();
        // Two numbers from 0 to 1 that have nothing to do with one another are a third apart.
        assertThat(importances.found().get(1).growth()).isCloseTo(1 / 3.0, within(0.05));
    }

    @Test
    void hundredsOfColumnsNeedNoMoreMemoryThanOne() {
        double[] weights = new double[700];
        weights[500] = 1;

        Importances importances =
                importance(Effort.USUAL, weights).of(rows(300, 0, weights), each(700), "prediction", 1);

        assertThat(importances.found())
                .hasSize(700)
                .startsWith(importances.found().stream()
                        .filter(importance -> importance.name().equals("500"))
                        .findFirst()
                        .orElseThrow());
        assertThat(importances.found().get(0).growth()).isGreaterThan(0.2);
    }

    @Test
    void whereThereIsTooMuchToLookAtItLooksAtTheFirstAndSaysWhatIsLeft() {
        Effort little = new Effort(100, 50, 200, 50 * 6 * 2);

        Importances importances =
                importance(little, 1, 2, 3, 4, 5, 6).of(rows(300, 0, 1, 2, 3, 4, 5, 6), each(6), "prediction", 1);

        assertThat(importances.found()).extracting(Importance::name).containsExactly("1", "0");
        assertThat(importances.notLookedAt()).containsExactly("2", "3", "4", "5");
    }

    @Test
    void looksAtRowsFromEverywhereAlsoWhereTheFirstAreAlike() {
        Effort fewRows = new Effort(200, 100, 1_000_000, 1_000_000);
        PermutationImportance importance = importance(fewRows, 1, 1);

        Importances importances = importance.of(rows(1_000, 500, 1, 1), each(2), "prediction", 1);

        assertThat(importances.found()).allMatch(found -> found.growth() > 0.1);
        assertThat(importance.of(rows(1_000, 500, 1, 1).repartition(3), each(2), "prediction", 1))
                .isEqualTo(importances);
    }

    private static Map<String, int[]> each(int places) {
        Map<String, int[]> groups = new LinkedHashMap<>();
        for (int place = 0; place < places; place++) {
            groups.put(String.valueOf(place), new int[] {place});
        }
        return groups;
    }

    /** Of a model that is right wherever its numbers are in their places. */
    private static PermutationImportance importance(Effort effort, double... weights) {
        LinearRegressionModel model = new LinearRegressionModel("truth", Vectors.dense(weights), 0);
        SavedPipeline pipeline = new SavedPipeline(new PipelineModel("all", List.of(model)), "nowhere");
        return new PermutationImportance(
                pipeline, "features", abs(col("prediction").minus(col("truth"))), effort);
    }

    /** With what a model of these weights says of numbers from 0 to 1; in the first rows they are all alike. */
    private static Dataset<Row> rows(int size, int alike, double... weights) {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            Dice dice = new Dice(5, 5, number);
            double[] values = new double[weights.length];
            double truth = 0;
            for (int place = 0; place < values.length; place++) {
                values[place] = number < alike ? 0.5 : dice.unit();
                truth += weights[place] * values[place];
            }
            rows.add(RowFactory.create(truth, Vectors.dense(values)));
        }
        StructType schema =
                new StructType().add("truth", DataTypes.DoubleType).add("features", SQLDataTypes.VectorType());
        return LocalSpark.session().createDataFrame(rows, schema);
    }
}
