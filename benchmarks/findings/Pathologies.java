import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Programs that each have one fault, which one setting repairs. */
public final class Pathologies {
    private final SparkSession spark;
    private final String directory;

    private Pathologies(SparkSession spark, String directory) {
        this.spark = spark;
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Pathologies pathologies = new Pathologies(spark, args[1]);
        switch (args[0]) {
            case "skew" -> pathologies.skew();
            case "spill" -> pathologies.spill();
            case "gc-pressure" -> pathologies.gcPressure();
            case "idle-cores" -> pathologies.idleCores();
            case "memory-over-provisioned" -> pathologies.memoryOverProvisioned();
            case "memory-under-provisioned" -> pathologies.memoryUnderProvisioned();
            case "tiny-tasks" -> pathologies.tinyTasks();
            case "too-few-partitions" -> pathologies.tooFewPartitions();
            case "driver-bound" -> pathologies.driverBound();
            case "small-files" -> pathologies.smallFiles();
            default -> throw new IllegalArgumentException(args[0]);
        }
        spark.stop();
    }

    /** Nine of ten orders are of one customer. */
    private void skew() {
        Dataset<Row> orders = spark.range(0, 4_000_000, 1, 4)
                .select(
                        when(rand(1).lt(0.9), lit(7L)).otherwise((rand(2).multiply(600_000)).cast("long")).as("customer"),
                        rand(3).as("price"));
        Dataset<Row> customers = spark.range(600_000)
                .select(col("id").as("customer"), sha2(col("id").cast("string"), 256).as("name"));
        noop(orders.join(customers, "customer").select(work(col("name"), col("price"), 3).as("digest")));
    }

    private void spill() {
        noop(spark.range(0, 8_000_000, 1, 4)
                .select(rand(1).as("key"), sha2(col("id").cast("string"), 256).as("text"))
                .sort("key"));
    }

    private void gcPressure() {
        long sum = new JavaSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, 4).boxed().toList(), 4)
                .map(Pathologies::fillHeap)
                .reduce(Long::sum);
        System.out.println(sum);
    }

    private static long fillHeap(int seed) {
        Map<Integer, String> entries = new HashMap<>();
        for (int i = 0; i < 2_300_000; i++) {
            entries.put(i, "entry " + seed + "/" + i);
        }
        long length = 0;
        for (int i = 0; i < 30_000_000; i++) {
            length += ("garbage " + i).length() + entries.get(i % entries.size()).length();
        }
        return length;
    }

    private void idleCores() {
        for (int i = 0; i < 12; i++) {
            noop(spark.range(0, 600_000, 1, 1).select(work(col("id").cast("string"), lit(i), 4).as("digest")));
        }
    }

    private void memoryOverProvisioned() {
        noop(spark.range(0, 8_000_000, 1, 8).select(work(col("id").cast("string"), lit(1), 4).as("digest")));
    }

    private void memoryUnderProvisioned() {
        long sum = new JavaSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, 4).boxed().toList(), 4)
                .map(seed -> {
                    List<long[]> blocks = new ArrayList<>();
                    for (int i = 0; i < 64; i++) {
                        blocks.add(new long[1 << 20]);
                    }
                    return (long) blocks.size();
                })
                .reduce(Long::sum);
        System.out.println(sum);
    }

    private void tinyTasks() {
        for (int i = 0; i < 2; i++) {
            noop(spark.range(0, 200_000, 1, 4)
                    .groupBy(col("id").mod(1000 + i).as("key"))
                    .agg(count(lit(1)).as("rows"), sum("id").as("sum")));
        }
    }

    private void tooFewPartitions() {
        noop(spark.range(0, 4_000_000, 1, 4)
                .repartition(col("id"))
                .select(work(col("id").cast("string"), lit(1), 4).as("digest")));
    }

    /** Only the driver works between the two jobs. */
    private void driverBound() throws InterruptedException {
        noop(spark.range(0, 400_000, 1, 4).select(work(col("id").cast("string"), lit(1), 4).as("digest")));
        Thread.sleep(Long.getLong("pause", 150_000));
        noop(spark.range(0, 400_000, 1, 4).select(work(col("id").cast("string"), lit(2), 4).as("digest")));
    }

    private void smallFiles() {
        spark.range(0, 200_000, 1, 4)
                .groupBy(col("id").mod(20_000).as("key"))
                .agg(sum("id").as("sum"))
                .write()
                .mode("overwrite")
                .parquet(directory + "/small-files");
    }

    /** Digests of digests: work for the CPU only. */
    static Column work(Column text, Column salt, int rounds) {
        Column digest = org.apache.spark.sql.functions.concat(text, salt.cast("string"));
        for (int i = 0; i < rounds; i++) {
            digest = sha2(digest, 512);
        }
        return digest;
    }

    static void noop(Dataset<Row> rows) {
        rows.write().format("noop").mode("overwrite").save();
    }
}
