package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.StepRemoval;

/**
 * The removal of steps from a run.
 *
 * @param cancelled whether running steps were to be cancelled too
 */
public record StepRemovalReport(RunId run, StepRemoval removal, boolean cancelled) implements Report {

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run_id", run.value());
        document.put("deleted", names(removal.steps()));
        document.put("ended_before", names(removal.endedBefore()));
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        removal.steps().forEach(step -> out.println("deleted " + step));
        removal.endedBefore().forEach(step -> out.println("kept    " + step + " (ended before it could be cancelled)"));
        if (removal.steps().isEmpty() && removal.endedBefore().isEmpty() && note().isEmpty()) {
            out.println("All steps of run " + run + " have already started.");
        }
    }

    @Override
    public String note() {
        return cancelled || removal.running().isEmpty()
                ? ""
                : "Still running: " + String.join(", ", names(removal.running()))
                        + ". Pass --cancel to cancel running steps.";
    }

    private static List<String> names(List<StepName> steps) {
        return steps.stream().map(StepName::value).toList();
    }
}
