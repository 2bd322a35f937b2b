package endtoend;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Loads the classes that most jobs need. Argument: a directory to write to. */
public final class RunQueries {
    public static void main(String[] arguments) {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            String table = arguments[0] + "/table";
            spark.range(100)
                    .selectExpr("id", "id % 7 as key", "cast(id as string) as text")
                    .write()
                    .parquet(table);
            Dataset<Row> rows = spark.read().parquet(table);
            rows.groupBy("key")
                    .agg(functions.count("text"), functions.avg("id"))
                    .join(rows, "key")
                    .orderBy("id")
                    .write()
                    .option("header", true)
                    .csv(arguments[0] + "/csv");
            spark.read().option("header", true).csv(arguments[0] + "/csv").toJSON().collectAsList();
        }
    }
}
