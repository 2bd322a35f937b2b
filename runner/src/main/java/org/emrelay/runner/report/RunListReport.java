package org.emrelay.runner.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.ShellWord;
import org.emrelay.runner.run.BackfillProgress;
import org.jspecify.annotations.Nullable;

/** Runs, one line each, newest first. */
public record RunListReport(List<Row> runs) implements Report {
    private static final String UNKNOWN = "–";

    /** The status of a run. */
    public enum Status {
        DONE,
        FAILED,
        /** A runner is executing it. */
        RUNNING,
        /** No runner watches it, but its steps may still run on the cluster. */
        DETACHED,
        /** Its runner was interrupted or killed. It can be continued. */
        STOPPED,
        /** It was added, but not executed yet. */
        WAITING,
        /** Its files cannot be read. */
        DAMAGED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A run.
     *
     * @param cluster null if unknown
     * @param pipeline empty if unknown
     * @param backfill null if the run is not a backfill
     * @param parameters the parameters whose values differ from the steps file
     * @param started null if it was never executed
     * @param length the time from its start to its end; null if it was never executed
     * @param bytes the size of its data; null if unknown
     * @param cost the last recorded cost of its cluster; null if unknown
     */
    public record Row(
            RunId id,
            @Nullable ClusterId cluster,
            String pipeline,
            Status status,
            @Nullable BackfillProgress backfill,
            Map<String, String> parameters,
            @Nullable Instant started,
            @Nullable Duration length,
            @Nullable Long bytes,
            @Nullable Cost cost) {
        public Row {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(pipeline, "pipeline");
            Objects.requireNonNull(status, "status");
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        }

        /** A run whose files cannot be read. */
        public static Row damaged(RunId id) {
            return new Row(id, null, "", Status.DAMAGED, null, Map.of(), null, null, null, null);
        }

        private Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("run_id", id.value());
            document.put("pipeline", pipeline.isEmpty() ? null : pipeline);
            document.put("cluster_id", Objects.toString(cluster, null));
            document.put("status", status.text());
            document.put(
                    "backfill",
                    backfill == null
                            ? null
                            : new TreeMap<>(Map.of("days", backfill.days(), "days_done", backfill.done())));
            document.put("parameters", parameters);
            document.put("started", Objects.toString(started, null));
            document.put("length_seconds", length == null ? null : length.toMillis() / 1000.0);
            document.put("bytes", bytes);
            document.put("cost_so_far", CostReport.number(cost));
            return document;
        }

        private String statusText() {
            return backfill == null
                    ? status.text()
                    : status.text() + ", " + backfill.done() + " of " + Quantities.count(backfill.days(), "day");
        }

        private String parameterText() {
            return parameters.entrySet().stream()
                    .map(parameter -> ShellWord.quoted(parameter.getKey() + "=" + parameter.getValue()))
                    .collect(Collectors.joining(" "));
        }
    }

    public RunListReport {
        runs = runs.stream().sorted(Comparator.comparing(Row::id).reversed()).toList();
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("runs", runs.stream().map(Row::document).toList());
    }

    @Override
    public void writeText(PrintStream out) {
        if (runs.isEmpty()) {
            out.println("No runs.");
            return;
        }
        TextTable table = new TextTable("RUN", "PIPELINE", "STATUS", "STARTED", "LENGTH", "SIZE", "COST", "PARAMETERS");
        for (Row run : runs) {
            table.row(
                    run.id().value(),
                    run.pipeline().isEmpty() ? UNKNOWN : run.pipeline(),
                    run.statusText(),
                    run.started() == null ? UNKNOWN : Quantities.time(run.started()),
                    run.length() == null ? UNKNOWN : Quantities.duration(run.length()),
                    run.bytes() == null ? UNKNOWN : Quantities.bytes(run.bytes()),
                    run.cost() == null ? UNKNOWN : CostReport.text(run.cost()),
                    run.parameterText());
        }
        out.print(table.text());
    }
}
