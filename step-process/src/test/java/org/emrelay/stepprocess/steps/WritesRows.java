package org.emrelay.stepprocess.steps;

import org.apache.spark.sql.SparkSession;

/** Writes 7 rows to each of its arguments and leaves the SparkSession open. */
public final class WritesRows {

    private WritesRows() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        for (String folder : args) {
            spark.range(7).write().parquet(folder);
        }
    }
}
