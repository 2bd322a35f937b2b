package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.learning.SavedPipeline;

/** The held-out rows as a cached table, and collected in the same order. */
record HeldOutTable(Dataset<Row> table, HeldOutRows rows) {

    /** Caches the rows and collects their ids and labels. */
    static HeldOutTable of(Dataset<Row> heldOut) {
        Dataset<Row> table = heldOut.cache();
        return new HeldOutTable(
                table,
                HeldOutRows.of(table.select(ModelColumns.ID, ModelColumns.LABEL).collectAsList()));
    }

    /**
     * Predicts the held-out rows.
     *
     * @param input the held-out rows with the model's input columns, in the order of {@link #rows}
     */
    ModelPredictions predict(String name, double threshold, SavedPipeline model, Dataset<Row> input) {
        List<Row> predictions = model.transform(EvaluateArguments.TRAINING, input, ModelColumns.PROBABILITY)
                .select(ModelColumns.PROBABILITY)
                .collectAsList();
        double[] probabilities =
                predictions.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        return new ModelPredictions(name, threshold, probabilities, rows);
    }
}
