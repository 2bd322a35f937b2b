package org.emrelay.runner.run;

import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.PreviousResults.Result;

/** Decides whether an earlier run's result of a step is what this run would make of it. */
final class Reuse {
    private Reuse() {}

    /**
     * Why the step must run; empty when the result can stand for its own.
     *
     * @param again the steps above it that run in this run
     */
    static String obstacle(PlannedStep step, PreviousResults earlier, Set<StepName> again) {
        Result result = earlier.find(step.name());
        if (result == null) {
            return "not a step of " + earlier.run();
        } else if (!result.finished()) {
            return result.unusable();
        }
        for (StepName needed : step.dependencies().stream().sorted().toList()) {
            if (again.contains(needed)) {
                return needed + " runs again";
            }
        }
        if (!result.stale().isEmpty()) {
            return result.stale();
        }
        String difference = step.fingerprint().difference(result.fingerprint());
        return difference.isEmpty() ? result.unusable() : difference;
    }

    /** Why the step should have run, if its result is taken as it is. */
    static String despite(PlannedStep step, Result result) {
        String difference = step.fingerprint().difference(result.fingerprint());
        return difference.isEmpty() ? result.stale() : difference;
    }
}
