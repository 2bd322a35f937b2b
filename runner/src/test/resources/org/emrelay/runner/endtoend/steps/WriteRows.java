package endtoend;

import org.apache.spark.sql.SparkSession;

/** Writes a given number of numbered rows as several Parquet files. */
public final class WriteRows {
    public static void main(String[] arguments) {
        Flags flags = new Flags(arguments);
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.range(0, Long.parseLong(flags.text("count")), 1, 4)
                .selectExpr("id", "concat('row ', id) AS name")
                .write()
                .parquet(flags.text("output"));
    }
}
