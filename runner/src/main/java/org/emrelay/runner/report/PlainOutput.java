package org.emrelay.runner.report;

import java.io.IOException;
import java.io.PrintStream;

/** Writes results as text for people. */
public record PlainOutput(PrintStream out, PrintStream err) implements CommandOutput {

    @Override
    public void print(Report report) throws IOException {
        report.writeText(out);
        out.flush();
        String note = report.note();
        if (!note.isEmpty()) {
            err.println(note);
        }
    }

    @Override
    public void preview(Report report) throws IOException {
        print(report);
    }

    @Override
    public void finish(Report report) {}
}
