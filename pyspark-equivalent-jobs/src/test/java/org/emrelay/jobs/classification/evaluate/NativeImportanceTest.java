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
import org.emrelay.jobs.classification.evaluate.NativeImportance.Weight;
import org.emrelay.jobs.classification.models.ClassifierTrainer;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.jobs.random.KeyedRandom;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class NativeImportanceTest {
    /** XGBoost's own slot names, assigned to other slots. */
    private static final List<String> FEATURES = List.of("f1", "f2", "f0");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"rf | {\"numTrees\": 5}", "gbt | {\"maxIter\": 3}"})
    void treesGainMostFromTheInformativeFeature(String kind, String parameters) {
        assertSecondFeatureIsMostImportant(fitted(kind, parameters));
    }

    @Test
    void mapsBoosterSlotsByIndexWhateverTheColumnsAreCalled() {
        assertSecondFeatureIsMostImportant(fittedIfLibraryIsInstalled("xgboost", "{\"numRound\": 3}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"lr | {\"regParam\": 0.01}", "svm | {\"maxIter\": 10}", "nb | {}"})
    void linearModelsHaveSignedWeights(String kind, String parameters) {
        NativeImportance importance = fitted(kind, parameters);

        assertThat(importance.hasDirection()).isTrue();
        assertThat(importance.weights()).hasSize(3);
        assertThat(importance.weights().get(0).name()).isEqualTo("f2");
        assertThat(importance.weights().get(0).weight()).isNegative();
    }

    private static void assertSecondFeatureIsMostImportant(NativeImportance importance) {
        assertThat(importance.hasDirection()).isFalse();
        assertThat(importance.weights()).extracting(Weight::name).containsExactlyInAnyOrderElementsOf(FEATURES);
        assertThat(importance.weights().get(0).name()).isEqualTo("f2");
        assertThat(importance.weights().get(0).weight()).isGreaterThan(0.7);
        assertThat(importance.weights().stream().mapToDouble(Weight::weight).sum())
                .isCloseTo(1, within(1e-9));
    }

    private static NativeImportance fittedIfLibraryIsInstalled(String kind, String parameters) {
        try {
            return fitted(kind, parameters);
        } catch (UserFault missing) {
            return Assumptions.abort(missing.getMessage());
        }
    }

    private static NativeImportance fitted(String kind, String parameters) {
        PipelineModel model = new ClassifierTrainer(
                        ModelKind.named(kind), ModelParameters.parse("test", parameters), FEATURES, false, 1)
                .fit(rows());
        SavedPipeline saved = new SavedPipeline(model, "nowhere");
        return NativeImportance.of(TrainedModels.classifierOf(saved), TrainedModels.layout(saved));
    }

    /** The label is 1 where the second feature is small; the others are noise. */
    private static Dataset<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            KeyedRandom random = new KeyedRandom(9, 9, number);
            double informative = random.nextDouble();
            double label = informative + 0.1 * random.nextGaussian() < 0.4 ? 1 : 0;
            rows.add(RowFactory.create(label, random.nextDouble(), informative, random.nextDouble()));
        }
        StructType schema = new StructType().add(ModelColumns.LABEL, DataTypes.DoubleType);
        for (String name : FEATURES) {
            schema = schema.add(name, DataTypes.DoubleType);
        }
        return LocalSpark.session().createDataFrame(rows, schema);
    }
}
