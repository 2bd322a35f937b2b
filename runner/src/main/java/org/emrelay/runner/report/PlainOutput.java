package org.emrelay.runner.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;

/** Writes results as text for people. */
public final class PlainOutput implements CommandOutput {
    private final PrintStream out;
    private final PrintStream err;

    public PlainOutput(PrintStream out, PrintStream err) {
        this.out = Objects.requireNonNull(out, "out");
        this.err = Objects.requireNonNull(err, "err");
    }

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
