package org.emrelay.runner.run;

import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.PreviousResults.Result;

/** Decides whether a step can reuse its result of a previous run. */
final class Reuse {
    private Reuse() {}

    /**
     * Why the step must run; empty when the previous result can be reused.
     *
     * @param rerunning the upstream steps that run in this run
     */
    static String rerunReason(PlannedStep step, PreviousResults previous, Set<StepName> rerunning) {
        Result result = previous.find(step.name());
        if (result == null) {
            return "not a step of " + previous.run();
        } else if (!result.finished()) {
            return result.unusableReason();
        }
        for (StepName needed : step.dependencies().stream().sorted().toList()) {
            if (rerunning.contains(needed)) {
                return needed + " runs again";
            }
        }
        if (!result.staleReason().isEmpty()) {
            return result.staleReason();
        }
        String difference = step.fingerprint().changesSince(result.fingerprint());
        return difference.isEmpty() ? result.unusableReason() : difference;
    }

    /** Why a result that is reused without a check is stale; empty when it is current. */
    static String staleReason(PlannedStep step, Result result) {
        String difference = step.fingerprint().changesSince(result.fingerprint());
        return difference.isEmpty() ? result.staleReason() : difference;
    }
}
