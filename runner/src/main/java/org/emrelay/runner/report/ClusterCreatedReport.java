package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cluster was created: its id, alone on stdout. */
public record ClusterCreatedReport(String id, String name, String note) implements Report {

    @Override
    public Map<String, String> document() {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("cluster_id", id);
        document.put("name", name);
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.println(id);
    }
}
