package endtoend;

import org.apache.spark.sql.SparkSession;

/** Doubles the numbers of its input and writes them as several JSON files. */
public final class DoubleNumbers {
    public static void main(String[] arguments) {
        Flags flags = new Flags(arguments);
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.read()
                .parquet(flags.text("rows"))
                .selectExpr("id * 2 AS number", "name")
                .write()
                .json(flags.text("output"));
    }
}
