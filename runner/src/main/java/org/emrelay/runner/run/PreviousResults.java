package org.emrelay.runner.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The results that a run can reuse, and whether their outputs still exist unchanged.
 *
 * @param source where they are from, such as {@code 20261121-034512-ab3f} or {@code any earlier run}
 * @param results the result that fits each step best
 * @param usable the newest usable result, for steps without a result that fits
 */
record PreviousResults(String source, Map<StepName, EarlierResult> results, Map<StepName, EarlierResult> usable) {
    PreviousResults {
        Objects.requireNonNull(source, "source");
        results = Map.copyOf(results);
        usable = Map.copyOf(usable);
    }

    /** The results of the run itself. */
    static PreviousResults of(Run run, RunState state, Workspace workspace) throws IOException {
        RunResults results = new RunResults(run, state, workspace);
        Map<StepName, EarlierResult> checked = new LinkedHashMap<>();
        for (PlannedStep step : run.plan().steps()) {
            checked.put(step.name(), results.checked(step.name()));
        }
        return new PreviousResults(run.id().value(), checked, Map.of());
    }

    /**
     * Why a step must run; empty when its previous result can be reused.
     *
     * @param rerunning the upstream steps that run in this run
     */
    String rerunReason(PlannedStep step, Set<StepName> rerunning) {
        EarlierResult result = find(step.name());
        if (result == null) {
            return "not a step of " + source;
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

    @Nullable
    EarlierResult find(StepName step) {
        return results.get(step);
    }

    /** A result to read although it may be outdated: the best one if it fits, else the newest usable one. */
    @Nullable
    EarlierResult findUsable(PlannedStep step) {
        EarlierResult best = results.get(step.name());
        return best != null && best.isResultOf(step) ? best : usable.getOrDefault(step.name(), best);
    }
}
