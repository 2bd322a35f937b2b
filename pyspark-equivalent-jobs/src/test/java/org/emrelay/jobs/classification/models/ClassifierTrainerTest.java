package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.learning.ModelParameters;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class ClassifierTrainerTest {
    private static final StructType SCHEMA = new StructType()
            .add(ModelColumns.LABEL, DataTypes.DoubleType)
            .add("songs", DataTypes.DoubleType)
            .add("adverts", DataTypes.DoubleType);

    private static Dataset<Row> rows(double... songs) {
        List<Row> rows = new ArrayList<>();
        for (double value : songs) {
            rows.add(RowFactory.create(value < 4 ? 1.0 : 0.0, value, 10 - value));
        }
        return LocalSpark.session().createDataFrame(rows, SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lr", "nb", "rf", "svm", "gbt"})
    void predictsOutOfRangeRowsIdenticallyAfterSaving(String kind, @TempDir java.nio.file.Path folder)
            throws Exception {
        PipelineModel model = new ClassifierTrainer(
                        ModelKind.named(kind),
                        ModelParameters.parse("none", "{}"),
                        List.of("songs", "adverts"),
                        true,
                        1)
                .fit(rows(1, 2, 3, 4, 5, 6, 7, 8));
        model.save(folder.resolve("model").toString());
        PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());

        List<Row> predictions = model.transform(rows(-100, 2, 7, 100))
                .select(ModelColumns.PROBABILITY)
                .collectAsList();

        assertThat(predictions)
                .extracting(row -> row.getDouble(0))
                .allMatch(probability -> probability >= 0 && probability <= 1);
        assertThat(predictions.get(1).getDouble(0))
                .isGreaterThan(predictions.get(2).getDouble(0));
        assertThat(loaded.transform(rows(-100, 2, 7, 100))
                        .select(ModelColumns.PROBABILITY)
                        .collectAsList())
                .isEqualTo(predictions);
    }
}
