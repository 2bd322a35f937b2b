import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.SparkSession;

/** Sums the orders of each region. */
public final class Revenue {
    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.read()
                .parquet(Flags.get(args, "--large_orders"))
                .groupBy("region")
                .agg(count(lit(1)).as("orders"), round(sum("amount"), 2).as("revenue"))
                .orderBy(col("revenue").desc())
                .coalesce(1)
                .write()
                .option("header", "true")
                .csv(Flags.get(args, "--output"));
    }
}
