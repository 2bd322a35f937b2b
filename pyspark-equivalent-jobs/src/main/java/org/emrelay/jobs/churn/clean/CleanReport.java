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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.JsonText;

/**
 * How many events a log has, and how many lines were left out, by reason.
 *
 * @param dropped all reasons, also those that did not occur
 */
record CleanReport(long events, Map<String, Long> dropped) {
    private static final String EVENTS = "events";

    CleanReport {
        dropped = new LinkedHashMap<>(dropped);
    }

    /** Counts in the tasks that write the result, of which Spark takes the figures of one attempt only. */
    static Dataset<Row> counted(Dataset<Row> marked, Observation observation) {
        List<Column> figures = figures();
        return marked.observe(
                observation, figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
    }

    /** Counts by a look of its own, for what is kept and looked at again anyhow. */
    static CleanReport of(Dataset<Row> marked) {
        List<Column> figures = figures();
        Row counts = marked.agg(
                        figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new))
                .first();
        Map<String, Object> byName = new LinkedHashMap<>();
        for (String name : counts.schema().fieldNames()) {
            if (!counts.isNullAt(counts.fieldIndex(name))) {
                byName.put(name, counts.getAs(name));
            }
        }
        return of(byName);
    }

    private static List<Column> figures() {
        List<Column> figures = new ArrayList<>();
        Column isEvent =
                col(LineCleaner.REASON).isNull().and(col(Cleaning.REPEATED).equalTo(false));
        figures.add(sum(isEvent.cast("bigint")).as(EVENTS));
        for (Dropped reason : Dropped.values()) {
            Column lines = when(col(LineCleaner.REASON).equalTo(reason.toString()), col(LineCleaner.LINES));
            figures.add(sum(reason == Dropped.DUPLICATE ? col(Cleaning.REPEATED).cast("bigint") : lines)
                    .as(reason.toString()));
        }
        return figures;
    }

    static CleanReport of(Observation observation) {
        return of(figures(observation));
    }

    private static CleanReport of(Map<String, ?> figures) {
        Map<String, Long> dropped = new LinkedHashMap<>();
        for (Dropped reason : Dropped.values()) {
            dropped.put(reason.toString(), number(figures, reason.toString()));
        }
        return new CleanReport(number(figures, EVENTS), dropped);
    }

    private static Map<String, ?> figures(Observation observation) {
        try {
            return observation.getAsJava();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the figures", interrupted);
        }
    }

    void requireEvents(String flag, String uri) {
        if (events == 0) {
            String hint = dropped.getOrDefault(Dropped.BAD_TIMESTAMP.toString(), 0L) > 0
                    ? " A ts is a number of milliseconds since 1970, from 2000 up to today."
                    : "";
            throw new UserFault(
                    flag + ": no line of " + uri + " is an event of a user. Left out: " + droppedList() + "." + hint);
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
        String left = lines() == events ? "." : "; left out: " + droppedList() + ".";
        System.out.println("Kept " + events + " events of " + lines() + " lines" + left);
        System.out.flush();
    }

    private long lines() {
        return events + dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For a sentence: what occurred. */
    private String droppedList() {
        return dropped.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .reduce((left, right) -> left + ", " + right)
                .orElse("none");
    }

    private static long number(Map<String, ?> figures, String name) {
        return figures.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
