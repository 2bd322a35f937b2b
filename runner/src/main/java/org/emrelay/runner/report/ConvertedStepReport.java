package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.parse.ConvertedStep;

/** A step made from a command, to be pasted into a steps file. */
public record ConvertedStepReport(ConvertedStep step) implements Report {
    public ConvertedStepReport {
        Objects.requireNonNull(step, "step");
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("step", step.keys());
        document.put("notices", step.notices());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.print(JsonWriter.pretty(step.keys()));
    }

    @Override
    public String note() {
        return String.join("\n", step.notices());
    }
}
