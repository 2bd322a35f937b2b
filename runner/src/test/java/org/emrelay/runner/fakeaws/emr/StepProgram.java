package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program that a step runs. It may read and write files but must not call the fake: calls block until it ends. */
public interface StepProgram {
    /** Does nothing and returns the scripted result. */
    StepProgram NONE = (stepId, arguments, scripted) -> scripted;

    /**
     * The result of a step.
     *
     * @param failureMessage null if the step succeeded
     * @param logs log contents by file name without extension
     */
    record Result(@Nullable String failureMessage, Map<String, String> logs) {
        public Result {
            logs = Map.copyOf(logs);
        }
    }

    /**
     * Runs the program.
     *
     * @param stepId the id of the step
     * @param arguments the arguments of the step
     */
    Result run(String stepId, List<String> arguments, Result scripted);
}
