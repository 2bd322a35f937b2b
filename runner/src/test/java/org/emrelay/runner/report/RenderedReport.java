package org.emrelay.runner.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Renders a report through each implementation of {@link CommandOutput}. */
final class RenderedReport {
    private RenderedReport() {}

    static String text(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PlainOutput(stream(out), stream(new ByteArrayOutputStream())).print(report);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String json(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonOutput(stream(out)).print(report);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
