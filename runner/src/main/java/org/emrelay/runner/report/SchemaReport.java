package org.emrelay.runner.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** A JSON Schema was written to a file. */
public record SchemaReport(Path path) implements Report {

    @Override
    public Map<String, String> document() {
        return Map.of("path", path.toString());
    }

    @Override
    public void writeText(PrintStream out) {
        out.println(path);
    }
}
