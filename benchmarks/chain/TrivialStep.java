import org.apache.spark.sql.SparkSession;

/** A minimal step: writes ten rows to a file. */
public final class TrivialStep {

    private TrivialStep() {}

    public static void main(String[] args) {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.range(10).write().mode("overwrite").parquet(args[0]);
        }
    }
}
