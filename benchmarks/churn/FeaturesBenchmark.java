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

/** Measures cleaning and features, alternating with a baseline whose results must be equal, for benchmarks/churn.sh. */
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
                + " events | cleaning | CPU time | features | CPU time | total | CPU time |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Timing> cleaning = new ArrayList<>();
        List<Timing> features = new ArrayList<>();
        List<Timing> baselineCleaning = new ArrayList<>();
        List<Timing> baselineFeatures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String emrelay = work + "/" + round + "-emrelay";
            String baseline = work + "/" + round + "-baseline";
            baselineCleaning.add(time(() -> baselineCleaning(session, log, baseline)));
            cleaning.add(time(() -> cleaning(log, emrelay + "/clean")));
            baselineFeatures.add(time(() -> baselineFeatures(session, baseline)));
            features.add(time(() -> features(emrelay + "/clean", emrelay + "/features")));
            assertEqual(
                    session, emrelay + "/clean/events", baseline + "/events", "user_id", "session_id", "item_in_session");
            assertEqual(session, emrelay + "/features/users", baseline + "/users", "user_id");
            System.err.println("round " + round + ": " + cleaning + features + baselineCleaning + baselineFeatures);
        }
        row("baseline", median(baselineCleaning), median(baselineFeatures));
        row("Emrelay", median(cleaning), median(features));
        System.out.printf(
                Locale.ROOT, "| speedup | %s | %s | %s |%n",
                median(baselineCleaning).speedup(median(cleaning)), median(baselineFeatures).speedup(median(features)),
                median(baselineCleaning).plus(median(baselineFeatures)).speedup(median(cleaning).plus(median(features))));
    }

    private static void row(String label, Timing cleaning, Timing features) {
        System.out.println("| " + label + " | " + cleaning + " | " + features + " | " + cleaning.plus(features) + " |");
    }

    private static void scale(SparkSession session, String log, String output) {
        Timing cleaning = time(() -> cleaning(log, output + "/clean"));
        Timing features = time(() -> features(output + "/clean", output + "/features"));
        Timing total = cleaning.plus(features);
        long events = session.read().text(log).count();
        System.out.printf(
                Locale.ROOT, "| %d | %.1f s | %.1f s | %.1f s | %.1f s | %.1f | %.1f |%n", events, cleaning.seconds,
                features.seconds, total.seconds, total.cpu, 1e6 * total.seconds / events, 1e6 * total.cpu / events);
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

    private static void baselineCleaning(SparkSession session, String log, String output) {
        ReferenceCleaning.of(session, log)
                .write()
                .partitionBy(EventLog.DATE)
                .parquet(output + "/events");
    }

    private static void baselineFeatures(SparkSession session, String output) {
        Instant cutoff = Instant.parse(CUTOFF + "T00:00:00Z");
        ReferenceFeatures.of(EventLog.read(session, "--events", output + "/events"), cutoff, WINDOW, TREND)
                .write()
                .parquet(output + "/users");
        session.catalog().clearCache();
    }

    /** Columns of doubles are compared with a tolerance of 1e-9, because the order of summation varies. */
    private static void assertEqual(SparkSession session, String actualPath, String expectedPath, String... key) {
        Dataset<Row> actual = session.read().parquet(actualPath);
        Dataset<Row> expected = session.read().parquet(expectedPath);
        if (actual.isEmpty() || !Set.of(actual.columns()).equals(Set.of(expected.columns()))) {
            throw new IllegalStateException("No rows, or different columns: expected "
                    + Arrays.toString(expected.columns()) + ", got " + Arrays.toString(actual.columns()));
        }
        Map<Boolean, List<String>> conditions = Arrays.stream(actual.schema().fields())
                .collect(Collectors.partitioningBy(
                        field -> List.of(key).contains(field.name()),
                        Collectors.mapping(FeaturesBenchmark::equal, Collectors.toList())));
        long differences = actual.alias("a")
                .join(expected.alias("e"), expr(String.join(" and ", conditions.get(true))), "full")
                .where("not (" + String.join(" and ", conditions.get(false)) + ")")
                .count();
        if (differences != 0 || actual.count() != expected.count()) {
            throw new IllegalStateException(
                    differences + " rows differ; expected " + expected.count() + " rows, got " + actual.count());
        }
    }

    private static String equal(StructField field) {
        String actual = "a." + field.name();
        String expected = "e." + field.name();
        return field.dataType().equals(DataTypes.DoubleType)
                ? "(" + actual + " <=> " + expected + " or abs(" + actual + " - " + expected + ") < 1e-9)"
                : actual + " <=> " + expected;
    }

    private static Timing time(Runnable task) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        task.run();
        return new Timing((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    private static Timing median(List<Timing> timings) {
        List<Timing> sorted = new ArrayList<>(timings);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Wall-clock and CPU seconds; ordered by CPU time. */
    private record Timing(double seconds, double cpu) implements Comparable<Timing> {
        Timing plus(Timing other) {
            return new Timing(seconds + other.seconds, cpu + other.cpu);
        }

        String speedup(Timing other) {
            return String.format(Locale.ROOT, "%.1f | %.1f", seconds / other.seconds, cpu / other.cpu);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f s | %.1f s", seconds, cpu);
        }

        @Override
        public int compareTo(Timing other) {
            return Double.compare(cpu, other.cpu);
        }
    }
}
