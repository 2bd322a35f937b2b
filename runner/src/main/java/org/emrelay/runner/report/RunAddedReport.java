package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.run.Run;

/** A run was added to a cluster: its id, alone on stdout. */
public record RunAddedReport(Run run) implements Report {

    @Override
    public Map<String, String> document() {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("run_id", run.id().value());
        document.put("cluster_id", run.cluster().value());
        document.put("pipeline", run.plan().pipeline());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.println(run.id());
    }

    @Override
    public String note() {
        return "Next: -a execute_steps -idc " + run.cluster();
    }
}
