package org.emrelay.runner.report;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;

/**
 * The end of a run: the time it took, and which results are new.
 *
 * @param elapsed the time that the command took
 */
public record RunEnding(RunResult result, Duration elapsed) {
    private static final int MOST_NAMED = 10;

    public RunEnding {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(elapsed, "elapsed");
    }

    /** Returns a sentence for a successful run, such as {@code Done in 12 s. New: words, counts. Reused: titles.} */
    public String done() {
        List<String> made = names(StepPhase.DONE);
        List<String> reused = names(StepPhase.REUSED);
        String start = "Done in " + Quantities.duration(elapsed) + ".";
        if (made.isEmpty()) {
            return start + (reused.isEmpty() ? "" : " Nothing is new: all steps were reused.");
        }
        return start + " New: " + listed(made) + "." + (reused.isEmpty() ? "" : " Reused: " + listed(reused) + ".");
    }

    /** Returns a sentence for a failed run. */
    public String failed() {
        return "The run failed after " + Quantities.duration(elapsed) + ".";
    }

    private List<String> names(StepPhase phase) {
        return result.steps().stream()
                .filter(step -> step.phase() == phase)
                .map(StepResult::name)
                .map(name -> name.value())
                .toList();
    }

    private static String listed(List<String> names) {
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int others = names.size() - MOST_NAMED;
        return others > 0 ? first + " and " + others + " more" : first;
    }
}
