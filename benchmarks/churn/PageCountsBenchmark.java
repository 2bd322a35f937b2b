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

/** What features are worth: the table that who has none would learn from, and by how much a model of features is better on the same users. */
public final class PageCountsBenchmark {
    private PageCountsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("table")) {
            table(arguments[1], arguments[2], arguments[3], arguments[4]);
        } else {
            difference(Path.of(arguments[1]), arguments[2], Path.of(arguments[3]), arguments[4]);
        }
    }

    /** The users of a table of features with their labels, and how often each has seen which page before the cutoff. */
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

    /** Of two models' chances for the same users, in files that the evaluations have left; users are drawn again in pairs. */
    private static void difference(Path ours, String model, Path others, String other) throws IOException {
        TreeMap<String, double[]> mine = chances(ours, model);
        TreeMap<String, double[]> theirs = chances(others, other);
        if (!mine.keySet().equals(theirs.keySet())) {
            throw new IllegalStateException("the models were not judged by the same users");
        }
        boolean[] positive = new boolean[mine.size()];
        int[] users = new int[positive.length];
        List<double[]> labelled = List.copyOf(mine.values());
        for (int user = 0; user < users.length; user++) {
            users[user] = user;
            positive[user] = labelled.get(user)[0] > 0.5;
        }
        RankedRows one = RankedRows.of(said(mine), positive);
        RankedRows two = RankedRows.of(said(theirs), positive);
        var drawn = Bootstrap.ofRows(users, 1, times -> {
            Ranking first = one.counting(times);
            Ranking second = two.counting(times);
            return new double[] {first.auc() - second.auc(), first.aucPr() - second.aucPr()};
        });
        System.out.printf(
                Locale.ROOT,
                "| difference, same users | | %d | %d | %s | %s |%n",
                users.length,
                one.once().positives(),
                told(drawn.interval(0)),
                told(drawn.interval(1)));
    }

    private static String told(Interval interval) {
        return String.format(Locale.ROOT, "%+.3f (%+.3f to %+.3f)", interval.figure(), interval.low(), interval.high());
    }

    private static double[] said(TreeMap<String, double[]> chances) {
        return chances.values().stream().mapToDouble(both -> both[1]).toArray();
    }

    /** By user: label and chance. */
    private static TreeMap<String, double[]> chances(Path evaluation, String model) throws IOException {
        List<String> lines = Files.readAllLines(evaluation.resolve("chances.csv"));
        int column = Arrays.asList(lines.get(0).split(",")).indexOf(model);
        TreeMap<String, double[]> chances = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",");
            chances.put(values[0], new double[] {Double.parseDouble(values[1]), Double.parseDouble(values[column])});
        }
        return chances;
    }
}
