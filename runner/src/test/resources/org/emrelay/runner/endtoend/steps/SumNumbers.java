package endtoend;

import org.apache.spark.sql.SparkSession;

/** Sums its input and writes one CSV row. */
public final class SumNumbers {
    public static void main(String[] arguments) {
        Flags flags = new Flags(arguments);
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.read()
                .schema("number LONG, name STRING")
                .json(flags.text("doubled"))
                .selectExpr("count(*) AS rows", "sum(number) AS total", "count(DISTINCT name) AS names")
                .coalesce(1)
                .write()
                .option("header", true)
                .csv(flags.text("output"));
    }
}
