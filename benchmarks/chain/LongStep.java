import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.SparkSession;

/** A step that computes, aggregates and sorts the given number of rows. */
public final class LongStep {

    private LongStep() {}

    public static void main(String[] args) {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.range(Long.parseLong(args[1]))
                    .select(
                            col("id"),
                            pmod(hash(col("id")), lit(1_000_000)).as("key"),
                            sha2(col("id").cast("string").cast("binary"), 256).as("digest"))
                    .groupBy("key")
                    .agg(count(lit(1)).as("n"), max("digest").as("digest"), sum("id").as("total"))
                    .orderBy("digest")
                    .write()
                    .mode("overwrite")
                    .parquet(args[0]);
        }
    }
}
