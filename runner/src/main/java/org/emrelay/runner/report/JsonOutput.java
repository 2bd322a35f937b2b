package org.emrelay.runner.report;

import java.io.IOException;
import java.io.PrintStream;
import org.emrelay.runner.json.JsonWriter;

/** Writes results as JSON for scripts: one document per command. */
public record JsonOutput(PrintStream out) implements CommandOutput {

    @Override
    public void print(Report report) throws IOException {
        out.print(JsonWriter.pretty(report.document()));
        out.flush();
    }

    @Override
    public void preview(Report report) {}

    @Override
    public void finish(Report report) throws IOException {
        print(report);
    }
}
