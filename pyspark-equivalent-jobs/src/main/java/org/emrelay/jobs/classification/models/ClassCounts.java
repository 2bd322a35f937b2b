package org.emrelay.jobs.classification.models;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The number of training rows of each class. */
public record ClassCounts(long negatives, long positives) {

    static ClassCounts of(Dataset<Row> rows) {
        Row counted = rows.agg(functions.count(functions.lit(1)), functions.sum(functions.col(ModelColumns.LABEL)))
                .first();
        long positives = counted.isNullAt(1) ? 0 : Math.round(counted.getDouble(1));
        return new ClassCounts(counted.getLong(0) - positives, positives);
    }

    /** Row weights that give both classes equal total weight and keep the total of all rows. */
    Column balancedWeight() {
        double total = negatives + positives;
        return functions
                .when(functions.col(ModelColumns.LABEL).gt(0), total / (2 * positives))
                .otherwise(total / (2 * negatives));
    }

    /** The weight ratio of a positive to a negative row under {@link #balancedWeight}. */
    double positiveWeight() {
        return negatives / (double) positives;
    }
}
