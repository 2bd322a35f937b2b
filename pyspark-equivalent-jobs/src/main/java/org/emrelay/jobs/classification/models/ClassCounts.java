package org.emrelay.jobs.classification.models;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How many rows of each class train a model. */
public record ClassCounts(long negatives, long positives) {

    static ClassCounts of(Dataset<Row> rows) {
        Row counted = rows.agg(functions.count(functions.lit(1)), functions.sum(functions.col(ModelColumns.LABEL)))
                .first();
        long positives = counted.isNullAt(1) ? 0 : Math.round(counted.getDouble(1));
        return new ClassCounts(counted.getLong(0) - positives, positives);
    }

    /** With these both classes weigh the same, and all rows together what they would without. */
    Column balance() {
        double all = negatives + positives;
        return functions
                .when(functions.col(ModelColumns.LABEL).gt(0), all / (2 * positives))
                .otherwise(all / (2 * negatives));
    }

    /** How much heavier a positive row is then than a negative one. */
    double positiveWeight() {
        return negatives / (double) positives;
    }
}
