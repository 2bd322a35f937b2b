package org.emrelay.jobs.churn.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;

/**
 * The number of events in a log and of dropped lines by reason.
 *
 * @param dropped every reason, including those that did not occur
 */
record CleanReport(long events, Map<String, Long> dropped) {
    private static final String EVENTS = "events";

    CleanReport {
        dropped = new LinkedHashMap<>(dropped);
    }

    /** Attaches counters to the tasks that write the result; Spark counts one attempt per task only. */
    static Dataset<Row> observe(Dataset<Row> classified, Observation observation) {
        List<Column> metrics = metrics();
        return classified.observe(
                observation, metrics.get(0), metrics.subList(1, metrics.size()).toArray(Column[]::new));
    }

    /** Counts in a separate pass, for rows that are cached anyway. */
    static CleanReport of(Dataset<Row> classified) {
        List<Column> metrics = metrics();
        Row counts = classified
                .agg(metrics.get(0), metrics.subList(1, metrics.size()).toArray(Column[]::new))
                .first();
        Map<String, Object> byName = new LinkedHashMap<>();
        for (String name : counts.schema().fieldNames()) {
            if (!counts.isNullAt(counts.fieldIndex(name))) {
                byName.put(name, counts.getAs(name));
            }
        }
        return of(byName);
    }

    private static List<Column> metrics() {
        List<Column> metrics = new ArrayList<>();
        Column isEvent = col(LineParser.REASON)
                .isNull()
                .and(col(EventCleaner.IS_DUPLICATE).equalTo(false));
        metrics.add(sum(isEvent.cast("bigint")).as(EVENTS));
        for (DropReason reason : DropReason.values()) {
            Column lines = when(col(LineParser.REASON).equalTo(reason.toString()), col(LineParser.LINES));
            metrics.add(sum(reason == DropReason.DUPLICATE
                            ? col(EventCleaner.IS_DUPLICATE).cast("bigint")
                            : lines)
                    .as(reason.toString()));
        }
        return metrics;
    }

    static CleanReport of(Observation observation) {
        return of(metrics(observation));
    }

    private static CleanReport of(Map<String, ?> metrics) {
        Map<String, Long> dropped = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason.toString(), count(metrics, reason.toString()));
        }
        return new CleanReport(count(metrics, EVENTS), dropped);
    }

    private static Map<String, ?> metrics(Observation observation) {
        try {
            return observation.getAsJava();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the metrics", interrupted);
        }
    }

    void requireEvents(String flag, String uri) {
        if (events == 0) {
            String hint = dropped.getOrDefault(DropReason.BAD_TIMESTAMP.toString(), 0L) > 0
                    ? " ts must be in milliseconds since 1970, between the year 2000 and now."
                    : "";
            throw new UserFault(flag + ": no line of " + uri + " is an event of an identified user. Dropped: "
                    + droppedSummary() + "." + hint);
        }
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("lines", lines());
        report.put("events", events);
        report.put("dropped", dropped);
        return JsonText.of(report);
    }

    void print() {
        String suffix = lines() == events ? "." : "; dropped: " + droppedSummary() + ".";
        System.out.println("Kept " + events + " events of " + lines() + " lines" + suffix);
        System.out.flush();
    }

    private long lines() {
        return events + dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    private String droppedSummary() {
        return dropped.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .reduce((left, right) -> left + ", " + right)
                .orElse("none");
    }

    private static long count(Map<String, ?> metrics, String name) {
        return metrics.get(name) instanceof Number count ? count.longValue() : 0;
    }
}
