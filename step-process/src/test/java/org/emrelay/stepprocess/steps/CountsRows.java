package org.emrelay.stepprocess.steps;

import org.apache.spark.sql.SparkSession;

/** Runs a Spark action and writes no output. */
public final class CountsRows {

    private CountsRows() {}

    public static void main(String[] args) {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            System.out.println("rows " + spark.range(5).count());
        }
    }
}
