import static org.apache.spark.sql.functions.min;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.wordclouds.titles.GenerateTitles;
import org.emrelay.jobs.wordclouds.words.ExtractWords;
import org.emrelay.jobs.wordclouds.words.AdversarialTitles;
import org.emrelay.jobs.wordclouds.words.ReferencePipeline;

/** Generates titles, runs {@link ExtractWords} or the Spark NLP baseline, and compares their results, for benchmarks/words.sh. */
public final class WordsBenchmark {
    private static final StructType TITLES = StructType.fromDDL("year int, title string, weight bigint");

    private WordsBenchmark() {}

    public static void main(String[] arguments) {
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            switch (arguments[0]) {
                case "generate":
                    generate(session, arguments[1], Integer.parseInt(arguments[2]));
                    break;
                case "adversarial":
                    write(adversarial(session), arguments[1]);
                    break;
                case "books":
                    write(books(session, arguments[1]), arguments[2]);
                    break;
                case "extract":
                    measure(arguments[3], output -> ExtractWords.main(new String[] {
                        "--titles", arguments[1], "--title-column", "title", "--weight-column", "weight", "--output", output
                    }));
                    break;
                case "explode":
                    measure(
                            arguments[3],
                            output -> write(
                                    ReferencePipeline.words(distinct(session, arguments[1]), Path.of(arguments[2])), output));
                    break;
                case "explode_outer":
                    measure(
                            arguments[3],
                            output -> write(
                                    ReferencePipeline.wordsAndNulls(distinct(session, arguments[1]), Path.of(arguments[2])),
                                    output));
                    break;
                case "compare":
                    compare(read(session, arguments[1]), read(session, arguments[2]));
                    break;
                default:
                    throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /**
     * Runs the job in the cold and in the warm JVM, and prints wall-clock and CPU seconds of both. The cold run includes the
     * start-up of the JVM.
     */
    private static void measure(String output, Consumer<String> job) {
        job.accept(output);
        double cold = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        double coldCpu = cpuSeconds();
        if ("no".equals(System.getenv("AGAIN"))) {
            System.out.printf(Locale.ROOT, "seconds %.1f %.1f - -%n", cold, coldCpu);
            return;
        }
        long start = System.nanoTime();
        job.accept(output + "-warm");
        double warm = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "seconds %.1f %.1f %.1f %.1f%n", cold, coldCpu, warm, cpuSeconds() - coldCpu);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Generates distinct titles: generates 20 % more, then drops duplicates. */
    private static void generate(SparkSession session, String uri, int titles) {
        String reviews = uri + "-reviews";
        GenerateTitles.main(new String[] {
            "--rows", Integer.toString(titles + titles / 5), "--repeats", "0", "--output", reviews
        });
        write(
                read(session, reviews)
                        .groupBy("product_title")
                        .agg(
                                min("year").as("year"),
                                min("total_votes").cast("bigint").as("weight"))
                        .selectExpr("year", "product_title as title", "weight")
                        .limit(titles)
                        .repartition(2),
                uri);
        System.out.println(read(session, uri).count() + " titles");
    }

    private static Dataset<Row> adversarial(SparkSession session) {
        List<String> titles = AdversarialTitles.titles();
        List<Row> rows = IntStream.range(0, titles.size())
                .mapToObj(index -> RowFactory.create(1990 + index % 3, titles.get(index), (long) index))
                .collect(Collectors.toList());
        return session.createDataFrame(rows, TITLES);
    }

    private static Dataset<Row> books(SparkSession session, String file) {
        return session.read()
                .option("header", "true")
                .option("escape", "\"")
                .csv(file)
                .selectExpr(
                        "int(double(original_publication_year)) as year", "title", "bigint(ratings_count) as weight");
    }

    /** Deduplicates titles, as the first half of the job does. */
    private static Dataset<Row> distinct(SparkSession session, String uri) {
        return read(session, uri)
                .filter("title is not null and year is not null")
                .groupBy("year", "title")
                .sum("weight")
                .toDF("year", "title", "weight");
    }

    private static void compare(Dataset<Row> words, Dataset<Row> baseline) {
        Dataset<Row> left = counts(words).persist();
        Dataset<Row> right = counts(baseline.filter("word is not null")).persist();
        long differences = left.except(right).count() + right.except(left).count();
        System.out.printf("%d | %d%n", words.count(), differences);
    }

    private static Dataset<Row> counts(Dataset<Row> words) {
        return words.groupBy("year", "word", "weight").count();
    }

    private static Dataset<Row> read(SparkSession session, String uri) {
        return session.read().parquet(uri);
    }

    private static void write(Dataset<Row> rows, String uri) {
        rows.write().parquet(uri);
    }
}
