import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.learning.Bootstrap;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.RankedRows;
import org.emrelay.jobs.learning.Ranking;

/** Builds a baseline table of raw page counts, and compares two models on the same users. */
public final class PageCountsBenchmark {
    private PageCountsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("table")) {
            table(arguments[1], arguments[2], arguments[3], arguments[4]);
        } else {
            difference(Path.of(arguments[1]), arguments[2], Path.of(arguments[3]), arguments[4]);
        }
    }

    /** Writes the users of a feature table with their labels and the number of their visits to each page before the cutoff. */
    private static void table(String events, String cutoff, String features, String output) {
        SparkSession session = SparkSession.builder().getOrCreate();
        Dataset<Row> users = session.read().parquet(features).select("user_id", "label");
        session.read()
                .parquet(events)
                .where(col("ts").lt(lit(cutoff).cast("timestamp")))
                .join(broadcast(users), "user_id")
                .groupBy("user_id", "label")
                .pivot("page")
                .agg(count(lit(1)))
                .na()
                .fill(0)
                .coalesce(1)
                .write()
                .parquet(output);
    }

    /** Prints the paired difference of two models' metrics, from the predictions of two evaluations of the same users. */
    private static void difference(Path evaluation, String model, Path baselineEvaluation, String baselineModel)
            throws IOException {
        TreeMap<String, double[]> predictions = probabilities(evaluation, model);
        TreeMap<String, double[]> baseline = probabilities(baselineEvaluation, baselineModel);
        if (!predictions.keySet().equals(baseline.keySet())) {
            throw new IllegalStateException("The models were not evaluated on the same users");
        }
        boolean[] positive = new boolean[predictions.size()];
        int[] users = new int[positive.length];
        List<double[]> labelled = List.copyOf(predictions.values());
        for (int user = 0; user < users.length; user++) {
            users[user] = user;
            positive[user] = labelled.get(user)[0] > 0.5;
        }
        RankedRows ranked = RankedRows.of(probabilities(predictions), positive);
        RankedRows baselineRanked = RankedRows.of(probabilities(baseline), positive);
        var distribution = Bootstrap.resample(users, 1, counts -> {
            Ranking ranking = ranked.weighted(counts);
            Ranking baselineRanking = baselineRanked.weighted(counts);
            return new double[] {
                ranking.auc() - baselineRanking.auc(), ranking.averagePrecision() - baselineRanking.averagePrecision()
            };
        });
        System.out.printf(
                Locale.ROOT,
                "| difference, same users | | %d | %d | %s | %s |%n",
                users.length,
                ranked.unweighted().positives(),
                format(distribution.interval(0)),
                format(distribution.interval(1)));
    }

    private static String format(Interval interval) {
        return String.format(Locale.ROOT, "%+.3f (%+.3f to %+.3f)", interval.estimate(), interval.low(), interval.high());
    }

    private static double[] probabilities(TreeMap<String, double[]> probabilities) {
        return probabilities.values().stream().mapToDouble(entry -> entry[1]).toArray();
    }

    /** Label and probability by user. */
    private static TreeMap<String, double[]> probabilities(Path evaluation, String model) throws IOException {
        List<String> lines = Files.readAllLines(evaluation.resolve("predictions.csv"));
        int column = Arrays.asList(lines.get(0).split(",")).indexOf(model);
        TreeMap<String, double[]> probabilities = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",");
            probabilities.put(values[0], new double[] {Double.parseDouble(values[1]), Double.parseDouble(values[column])});
        }
        return probabilities;
    }
}
