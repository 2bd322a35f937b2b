package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.learning.SavedPipeline;

/** Held-out rows as a table and on this machine, in one order: what each model says of them is comparable row by row. */
record HeldOutPredictions(Dataset<Row> table, HeldOutRows rows) {

    /** Collects the ids and labels, two values a row. */
    static HeldOutPredictions of(Dataset<Row> heldOut) {
        Dataset<Row> table = heldOut.cache();
        return new HeldOutPredictions(
                table,
                HeldOutRows.of(table.select(ModelColumns.ID, ModelColumns.LABEL).collectAsList()));
    }

    /**
     * Asks a model.
     *
     * @param seen the held-out rows as the model wants to see them
     */
    ModelPredictions of(String name, double threshold, SavedPipeline model, Dataset<Row> seen) {
        List<Row> said = model.transform(EvaluateArguments.TRAINING, seen, ModelColumns.CHANCE)
                .select(ModelColumns.CHANCE)
                .collectAsList();
        double[] chances = said.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        return new ModelPredictions(name, threshold, chances, rows);
    }
}
