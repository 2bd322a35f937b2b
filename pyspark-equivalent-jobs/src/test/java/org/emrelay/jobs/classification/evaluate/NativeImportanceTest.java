package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.classification.evaluate.NativeImportance.Weight;
import org.emrelay.jobs.classification.models.Fitting;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.SavedPipeline;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class NativeImportanceTest {
    /** Names as a booster gives them to its places, but for other places. */
    private static final List<String> FEATURES = List.of("f1", "f2", "f0");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"rf | {\"numTrees\": 5}", "gbt | {\"maxIter\": 3}"})
    void treesHaveLearntMostFromWhatTellsTheClassesApart(String kind, String parameters) {
        assertLearntFromTheSecond(fitted(kind, parameters));
    }

    @Test
    void boostersKnowTheirPlacesByNumbersWhateverTheColumnsAreCalled() {
        assertLearntFromTheSecond(fittedWhereItsLibraryIs("xgboost", "{\"numRound\": 3}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"lr | {\"regParam\": 0.01}", "svm | {\"maxIter\": 10}", "nb | {}"})
    void linearModelsSayInWhichDirection(String kind, String parameters) {
        NativeImportance weights = fitted(kind, parameters);

        assertThat(weights.hasDirection()).isTrue();
        assertThat(weights.weights()).hasSize(3);
        assertThat(weights.weights().get(0).name()).isEqualTo("f2");
        assertThat(weights.weights().get(0).weight()).isNegative();
    }

    private static void assertLearntFromTheSecond(NativeImportance weights) {
        assertThat(weights.hasDirection()).isFalse();
        assertThat(weights.weights()).extracting(Weight::name).containsExactlyInAnyOrderElementsOf(FEATURES);
        assertThat(weights.weights().get(0).name()).isEqualTo("f2");
        assertThat(weights.weights().get(0).weight()).isGreaterThan(0.7);
        assertThat(weights.weights().stream().mapToDouble(Weight::weight).sum()).isCloseTo(1, within(1e-9));
    }

    private static NativeImportance fittedWhereItsLibraryIs(String kind, String parameters) {
        try {
            return fitted(kind, parameters);
        } catch (UserFault missing) {
            return Assumptions.abort(missing.getMessage());
        }
    }

    private static NativeImportance fitted(String kind, String parameters) {
        PipelineModel model = new Fitting(
                        ModelKind.named(kind), ModelParameters.parse("test", parameters), FEATURES, false, 1)
                .fit(rows());
        SavedPipeline saved = new SavedPipeline(model, "nowhere");
        return NativeImportance.of(TrainedModels.onVectors(saved), TrainedModels.places(saved));
    }

    /** The label is 1 where the second is small; the others tell nothing. */
    private static Dataset<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            Dice dice = new Dice(9, 9, number);
            double telling = dice.unit();
            double label = telling + 0.1 * dice.normal() < 0.4 ? 1 : 0;
            rows.add(RowFactory.create(label, dice.unit(), telling, dice.unit()));
        }
        StructType schema = new StructType().add(ModelColumns.LABEL, DataTypes.DoubleType);
        for (String name : FEATURES) {
            schema = schema.add(name, DataTypes.DoubleType);
        }
        return LocalSpark.session().createDataFrame(rows, schema);
    }
}
