package org.emrelay.runner.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.local.LocalCluster;
import org.jspecify.annotations.Nullable;

/** A local cluster with its runs. */
public record LocalClusterReport(LocalCluster cluster, Path workspace, RunListReport runs) implements Report {
    public LocalClusterReport {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(runs, "runs");
    }

    @Override
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = document(cluster);
        document.put("workspace", workspace.toString());
        document.putAll(runs.document());
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

    @Override
    public void writeText(PrintStream out) {
        out.println("Cluster " + cluster.id() + " '" + cluster.name() + "', " + cluster.state() + ", created "
                + Quantities.time(cluster.created()));
        out.println("Workspace " + workspace);
        out.println();
        runs.writeText(out);
    }
}
