package org.emrelay.runner.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;

/** The logs of a run's steps: their locations for scripts, their content for people. */
public record StepLogsReport(Run run, List<StepResult> steps, LogSource source) implements Report {
    /** Reads logs of the platform that the steps ran on. */
    public interface LogSource {

        /** The step with its failure's cause, as far as it can be determined now. */
        default StepResult diagnose(StepResult step) {
            return step;
        }

        /** Prints a step's log; false if no log is available yet. */
        boolean print(StepResult step, PrintStream out) throws IOException;

        /** Returns a sentence that says why no log is available yet. Empty if a missing log needs no explanation. */
        default String unavailable(StepResult step) {
            return "";
        }
    }

    public StepLogsReport {
        steps = List.copyOf(steps);
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run_id", run.id().value());
        document.put("steps", steps.stream().map(StepLogsReport::document).toList());
        return document;
    }

    private static Map<String, @Nullable Object> document(StepResult step) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", step.name().value());
        document.put("state", RunReport.state(step));
        document.put("log", step.log());
        Failure failure = step.failure();
        document.put("cause", failure == null ? null : RunReport.emptyToNull(failure.cause()));
        document.put("cause_where", failure == null ? null : RunReport.emptyToNull(failure.where()));
        LastOutput output = failure == null ? null : failure.lastOutput();
        document.put("last_lines", output == null ? null : output.lines());
        return document;
    }

    @Override
    public void writeText(PrintStream out) throws IOException {
        if (steps.isEmpty()) {
            out.println("No step of run " + run.id() + " has failed. Name a step to print its log: "
                    + run.plan().fileOrder().stream().map(StepName::value).collect(Collectors.joining(", ")) + ".");
        }
        for (StepResult step : steps) {
            write(step, out);
        }
    }

    private void write(StepResult step, PrintStream out) throws IOException {
        if (step.phase() == StepPhase.FAILED) {
            out.print(RunReport.failure(source.diagnose(step)));
        }
        if (step.log() == null || step.log().isEmpty()) {
            out.println("Step '" + step.name() + "' has no log: it did not run in this run.");
        } else if (!source.print(step, out) && !source.unavailable(step).isEmpty()) {
            out.println(source.unavailable(step));
        }
    }
}
