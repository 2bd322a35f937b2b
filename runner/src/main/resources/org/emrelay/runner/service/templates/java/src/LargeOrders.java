import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Selects the orders of at least min_amount. */
public final class LargeOrders {
    public static void main(String[] args) {
        double minAmount = Double.parseDouble(Flags.get(args, "--min-amount"));
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> orders =
                spark.read().option("header", "true").option("inferSchema", "true").csv(Flags.get(args, "--orders"));
        orders.where(orders.col("amount").geq(minAmount)).write().parquet(Flags.get(args, "--output"));
    }
}
