package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The table of posts with their topics. */
public final class PostAssignments {
    private static final String DUPLICATE_OF = "duplicate_of";

    private PostAssignments() {}

    /** Returns the columns of the table for posts that are not duplicates. */
    private static Dataset<Row> of(Dataset<Row> assigned) {
        return assigned.select(
                columns(assigned, lit(null).cast(DataTypes.StringType).as(DUPLICATE_OF)));
    }

    /** Adds the duplicates, each with the topic of its original. */
    public static Dataset<Row> withDuplicates(Dataset<Row> assigned, Dataset<Row> duplicates) {
        Dataset<Row> originals = assigned.withColumnRenamed("id", "original_id").drop("time", "hour", "text");
        Dataset<Row> resolved = duplicates.join(originals, col("original").equalTo(col("original_id")));
        return of(assigned)
                .union(resolved.select(columns(resolved, col("original").as(DUPLICATE_OF))));
    }

    private static Column[] columns(Dataset<Row> rows, Column duplicateOf) {
        return new Column[] {
            rows.col("id"),
            rows.col("time"),
            rows.col("hour"),
            rows.col(TopicAssigner.TOPIC),
            rows.col("name"),
            rows.col(TopicAssigner.PROBABILITY),
            rows.col("probabilities"),
            duplicateOf
        };
    }
}
