package org.emrelay.runner.run;

import java.util.HashMap;
import java.util.Map;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.jspecify.annotations.Nullable;

/** The failed steps that forbid others to start: in a backfill those of the same day, else all. */
final class HaltingSteps {
    private final StepGraph graph;
    private final Map<String, PlannedStep> byDay = new HashMap<>();
    private @Nullable PlannedStep terminating;

    HaltingSteps(StepGraph graph, RunState state) {
        this.graph = graph;
        for (PlannedStep step : graph.steps()) {
            if (state.phase(step.name()) == StepPhase.FAILED) {
                add(step);
            }
        }
    }

    private void add(PlannedStep failed) {
        OnFailure policy = failed.failurePolicy().onFailure();
        if (policy == OnFailure.TERMINATE_CLUSTER && terminating == null) {
            terminating = failed;
        } else if (policy == OnFailure.CANCEL) {
            byDay.putIfAbsent(graph.day(failed.name()), failed);
        }
    }

    /** The failed step that forbids this one to start, or null. A step that terminates the cluster takes precedence. */
    @Nullable
    PlannedStep of(StepName step) {
        return terminating != null ? terminating : byDay.get(graph.day(step));
    }
}
