import static org.apache.spark.sql.functions.expr;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.emrelay.jobs.churn.clean.CleanEvents;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.churn.clean.ReferenceCleaning;
import org.emrelay.jobs.churn.events.GenerateEvents;
import org.emrelay.jobs.churn.features.BuildUserFeatures;
import org.emrelay.jobs.churn.features.ReferenceFeatures;

/** What benchmarks/churn.sh needs beside the jobs: cleaning and features in the plain way, by turns with ours, and the comparison. */
public final class FeaturesBenchmark {
    private static final String CUTOFF = "2018-11-10";
    private static final int WINDOW = 20;
    private static final int TREND = 13;

    private FeaturesBenchmark() {}

    public static void main(String[] arguments) {
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            switch (arguments[0]) {
                case "generate":
                    GenerateEvents.main(new String[] {"--users", arguments[1], "--output", arguments[2]});
                    break;
                case "compare":
                    compare(session, arguments[1] + "/log", arguments[2], Integer.parseInt(arguments[3]));
                    break;
                case "scale":
                    scale(session, arguments[1] + "/log", arguments[2]);
                    break;
                default:
                    throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static void compare(SparkSession session, String log, String work, int rounds) {
        System.out.println("| " + session.read().text(log).count()
                + " events | cleaning | CPU | features | CPU | both | CPU |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Took> cleaning = new ArrayList<>();
        List<Took> features = new ArrayList<>();
        List<Took> plainCleaning = new ArrayList<>();
        List<Took> plainFeatures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String ours = work + "/" + round + "-ours";
            String plain = work + "/" + round + "-plain";
            plainCleaning.add(time(() -> plainCleaning(session, log, plain)));
            cleaning.add(time(() -> cleaning(log, ours + "/clean")));
            plainFeatures.add(time(() -> plainFeatures(session, plain)));
            features.add(time(() -> features(ours + "/clean", ours + "/features")));
            assertEqual(session, ours + "/clean/events", plain + "/events", "user_id", "session_id", "item_in_session");
            assertEqual(session, ours + "/features/users", plain + "/users", "user_id");
            System.err.println("round " + round + ": " + cleaning + features + plainCleaning + plainFeatures);
        }
        row("the plain way", median(plainCleaning), median(plainFeatures));
        row("ours", median(cleaning), median(features));
        System.out.printf(
                Locale.ROOT, "| times as fast | %s | %s | %s |%n",
                median(plainCleaning).over(median(cleaning)), median(plainFeatures).over(median(features)),
                median(plainCleaning).plus(median(plainFeatures)).over(median(cleaning).plus(median(features))));
    }

    private static void row(String what, Took cleaning, Took features) {
        System.out.println("| " + what + " | " + cleaning + " | " + features + " | " + cleaning.plus(features) + " |");
    }

    private static void scale(SparkSession session, String log, String output) {
        Took cleaning = time(() -> cleaning(log, output + "/clean"));
        Took features = time(() -> features(output + "/clean", output + "/features"));
        Took both = cleaning.plus(features);
        long events = session.read().text(log).count();
        System.out.printf(
                Locale.ROOT, "| %d | %.1f s | %.1f s | %.1f s | %.1f s | %.1f | %.1f |%n", events, cleaning.seconds,
                features.seconds, both.seconds, both.cpu, 1e6 * both.seconds / events, 1e6 * both.cpu / events);
    }

    private static void cleaning(String log, String output) {
        CleanEvents.main(new String[] {"--events", log, "--output", output});
    }

    private static void features(String clean, String output) {
        BuildUserFeatures.main(new String[] {
            "--events", clean, "--cutoff", CUTOFF, "--window", Integer.toString(WINDOW),
            "--trend-days", Integer.toString(TREND), "--output", output
        });
    }

    private static void plainCleaning(SparkSession session, String log, String output) {
        ReferenceCleaning.of(session, log)
                .write()
                .partitionBy(EventLog.DATE)
                .parquet(output + "/events");
    }

    private static void plainFeatures(SparkSession session, String output) {
        Instant cutoff = Instant.parse(CUTOFF + "T00:00:00Z");
        ReferenceFeatures.of(EventLog.read(session, "--events", output + "/events"), cutoff, WINDOW, TREND)
                .write()
                .parquet(output + "/users");
        session.catalog().clearCache();
    }

    /** The same rows, and in every column the same; numbers to the ninth place, for sums have an order. */
    private static void assertEqual(SparkSession session, String one, String other, String... key) {
        Dataset<Row> ours = session.read().parquet(one);
        Dataset<Row> plain = session.read().parquet(other);
        if (ours.isEmpty() || !Set.of(ours.columns()).equals(Set.of(plain.columns()))) {
            throw new IllegalStateException("not the columns of the other: " + Arrays.toString(plain.columns()));
        }
        Map<Boolean, List<String>> same = Arrays.stream(ours.schema().fields())
                .collect(Collectors.partitioningBy(
                        field -> List.of(key).contains(field.name()),
                        Collectors.mapping(FeaturesBenchmark::same, Collectors.toList())));
        long differ = ours.alias("o")
                .join(plain.alias("p"), expr(String.join(" and ", same.get(true))), "full")
                .where("not (" + String.join(" and ", same.get(false)) + ")")
                .count();
        if (differ != 0 || ours.count() != plain.count()) {
            throw new IllegalStateException(differ + " rows differ: " + ours.count() + " and " + plain.count());
        }
    }

    private static String same(StructField field) {
        String one = "o." + field.name();
        String other = "p." + field.name();
        return field.dataType().equals(DataTypes.DoubleType)
                ? "(" + one + " <=> " + other + " or abs(" + one + " - " + other + ") < 1e-9)"
                : one + " <=> " + other;
    }

    private static Took time(Runnable what) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        what.run();
        return new Took((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    private static Took median(List<Took> all) {
        List<Took> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** By the clock, and by all processors together. */
    private record Took(double seconds, double cpu) implements Comparable<Took> {
        Took plus(Took other) {
            return new Took(seconds + other.seconds, cpu + other.cpu);
        }

        String over(Took other) {
            return String.format(Locale.ROOT, "%.1f | %.1f", seconds / other.seconds, cpu / other.cpu);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f s | %.1f s", seconds, cpu);
        }

        @Override
        public int compareTo(Took other) {
            return Double.compare(cpu, other.cpu);
        }
    }
}
