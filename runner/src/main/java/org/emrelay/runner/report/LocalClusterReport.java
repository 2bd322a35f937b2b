package org.emrelay.runner.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.jspecify.annotations.Nullable;

/** A local cluster with its runs, the newest first. */
public record LocalClusterReport(LocalCluster cluster, Path workspace, List<RunStatus> runs) implements Report {
    /**
     * A run with its status.
     *
     * @param status null when the run's journal is corrupt
     */
    public record RunStatus(Run run, RunResult.@Nullable Status status) {

        private String statusText() {
            return status == null ? "damaged" : status.name().toLowerCase(Locale.ROOT);
        }
    }

    public LocalClusterReport {
        runs = List.copyOf(runs);
    }

    @Override
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = document(cluster);
        document.put("workspace", workspace.toString());
        document.put("runs", runs.stream().map(LocalClusterReport::document).toList());
        return document;
    }

    static Map<String, @Nullable Object> document(LocalCluster cluster) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("cluster_id", cluster.id().value());
        document.put("name", cluster.name());
        document.put("state", cluster.state().name());
        document.put("created", cluster.created().toString());
        return document;
    }

    private static Map<String, Object> document(RunStatus each) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run_id", each.run().id().value());
        document.put("pipeline", each.run().plan().pipeline());
        document.put("status", each.statusText());
        document.put("created", each.run().created().toString());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.println("Cluster " + cluster.id() + " '" + cluster.name() + "', " + cluster.state() + ", created "
                + Quantities.time(cluster.created()));
        out.println("Workspace " + workspace);
        if (runs.isEmpty()) {
            out.println("No runs yet.");
            return;
        }
        TextTable table = new TextTable("RUN", "PIPELINE", "STATUS", "CREATED");
        for (RunStatus each : runs) {
            table.row(
                    each.run().id().value(),
                    each.run().plan().pipeline(),
                    each.statusText(),
                    Quantities.time(each.run().created()));
        }
        out.print("\n" + table.text());
    }
}
