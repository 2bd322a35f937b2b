import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** Ordinary programs without a fault. */
public final class CleanPrograms {
    private final SparkSession spark;
    private final String directory;

    private CleanPrograms(SparkSession spark, String directory) {
        this.spark = spark;
        this.directory = directory;
    }

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        CleanPrograms programs = new CleanPrograms(spark, args[1]);
        switch (args[0]) {
            case "word-count" -> programs.wordCount();
            case "join" -> programs.join();
            case "sql" -> programs.sql();
            case "training" -> programs.training();
            case "sort" -> programs.sort();
            case "window" -> programs.window();
            case "conversion" -> programs.conversion();
            case "pi" -> programs.pi();
            case "cached" -> programs.cached();
            case "small-groups" -> programs.smallGroups();
            default -> throw new IllegalArgumentException(args[0]);
        }
        spark.stop();
    }

    private Dataset<Row> orders(long rows) {
        return spark.range(0, rows, 1, 4)
                .select(
                        col("id").as("order"),
                        rand(1).multiply(50_000).cast("long").as("customer"),
                        rand(2).multiply(100).as("price"));
    }

    private void save(Dataset<Row> rows, String name) {
        rows.write().mode("overwrite").parquet(directory + "/" + name);
    }

    private void wordCount() {
        Dataset<Row> lines = spark.range(0, 300_000, 1, 4)
                .select(concat(lit("the word "), col("id").mod(977), lit(" and the word "), col("id").mod(31)).as("line"));
        lines.write().mode("overwrite").text(directory + "/lines");
        Dataset<Row> words = spark.read().text(directory + "/lines").select(explode(split(col("value"), " ")).as("word"));
        save(words.groupBy("word").agg(count(lit(1)).as("count")).sort(col("count").desc()), "words");
    }

    private void join() {
        Dataset<Row> customers = spark.range(50_000).select(col("id").as("customer"), col("id").mod(9).as("country"));
        save(orders(2_000_000).join(customers, "customer").groupBy("country").agg(sum("price").as("sum")), "join");
    }

    private void sql() {
        orders(1_000_000).createOrReplaceTempView("orders");
        save(
                spark.sql("SELECT customer, count(*) AS orders, avg(price) AS mean FROM orders WHERE price > 5"
                        + " GROUP BY customer HAVING count(*) > 3 ORDER BY mean DESC"),
                "sql");
    }

    private void training() {
        Dataset<Row> rows = spark.range(0, 100_000, 1, 2)
                .select(rand(1).as("a"), rand(2).as("b"), rand(3).as("c"))
                .withColumn("label", when(col("a").plus(col("b")).gt(col("c").plus(0.5)), 1.0).otherwise(0.0));
        Dataset<Row> table = new VectorAssembler()
                .setInputCols(new String[] {"a", "b", "c"})
                .setOutputCol("features")
                .transform(rows)
                .cache();
        System.out.println(new LogisticRegression().setMaxIter(40).fit(table).coefficients());
    }

    private void sort() {
        save(orders(1_500_000).sort("price"), "sort");
    }

    private void window() {
        save(
                orders(600_000)
                        .withColumn("rank", rank().over(Window.partitionBy("customer").orderBy("price")))
                        .filter(col("rank").leq(3)),
                "window");
    }

    private void conversion() {
        orders(1_000_000).write().mode("overwrite").json(directory + "/json");
        save(spark.read().json(directory + "/json").filter(col("price").gt(1)), "conversion");
    }

    private void pi() {
        long inside = new JavaSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, 8).boxed().toList(), 8)
                .map(seed -> {
                    Random random = new Random(seed);
                    return IntStream.range(0, 20_000_000)
                            .filter(i -> Math.hypot(random.nextDouble(), random.nextDouble()) < 1)
                            .count();
                })
                .reduce(Long::sum);
        System.out.println(inside / 40e6);
    }

    private void cached() {
        JavaRDD<Double> values = orders(800_000).select("price").toJavaRDD().map(row -> row.getDouble(0)).cache();
        for (int i = 0; i < 8; i++) {
            double factor = i;
            System.out.println(values.map(value -> Math.sin(value * factor)).reduce(Double::sum));
        }
    }

    private void smallGroups() {
        List<String> lines = IntStream.range(0, 500).mapToObj(i -> i % 7 + "," + i).toList();
        Dataset<Row> rows = spark.createDataset(lines, org.apache.spark.sql.Encoders.STRING())
                .select(split(col("value"), ",").getItem(0).as("key"), split(col("value"), ",").getItem(1).cast("int").as("n"));
        save(rows.groupBy("key").agg(avg("n").as("mean")).sort("key"), "small-groups");
    }
}
