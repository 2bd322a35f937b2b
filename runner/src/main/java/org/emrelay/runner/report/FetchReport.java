package org.emrelay.runner.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.RunId;

/** Outputs of a run were fetched: where they are now. */
public record FetchReport(RunId run, List<Path> paths) implements Report {
    public FetchReport {
        paths = List.copyOf(paths);
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run_id", run.value());
        document.put("results", paths.stream().map(Path::toString).toList());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        paths.forEach(out::println);
    }
}
