package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;

/**
 * The unneeded data of old runs.
 *
 * @param isDeleted whether it was deleted; false for a preview
 */
public record CleanupReport(List<Row> runs, boolean isDeleted) implements Report {

    /**
     * The deleted data of a run.
     *
     * @param steps the steps whose outputs are deleted
     */
    public record Row(RunId run, String pipeline, List<StepName> steps, long dataBytes, long logBytes) {
        public Row {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(pipeline, "pipeline");
            steps = List.copyOf(steps);
        }

        private Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run_id", run.value());
            document.put("pipeline", pipeline);
            document.put("steps", steps.stream().map(StepName::value).toList());
            document.put("data_bytes", dataBytes);
            document.put("log_bytes", logBytes);
            return document;
        }
    }

    public CleanupReport {
        runs = List.copyOf(runs);
    }

    /** {@code 1.5 GB of 3 runs}. */
    public String total() {
        return Quantities.bytes(bytes()) + " of " + Quantities.count(runs.size(), "run");
    }

    private long bytes() {
        return runs.stream().mapToLong(row -> row.dataBytes() + row.logBytes()).sum();
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("runs", runs.stream().map(Row::document).toList());
        document.put("bytes", bytes());
        document.put("deleted", isDeleted);
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        if (runs.isEmpty()) {
            out.println("Nothing to delete: later runs can reuse all data.");
            return;
        } else if (isDeleted) {
            out.println("Deleted " + total() + ".");
            return;
        }
        TextTable table = new TextTable("RUN", "PIPELINE", "DATA", "LOGS", "OUTPUTS OF");
        for (Row row : runs) {
            table.row(
                    row.run().value(),
                    row.pipeline(),
                    Quantities.bytes(row.dataBytes()),
                    Quantities.bytes(row.logBytes()),
                    row.steps().isEmpty()
                            ? "–"
                            : String.join(
                                    ", ",
                                    row.steps().stream().map(StepName::value).toList()));
        }
        out.print(table.text());
    }
}
