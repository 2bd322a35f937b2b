package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Makes the plan of a pipeline. It is pure: the same pipeline and facts give the same plan, on every machine. */
public final class Planner {
    private Planner() {}

    public static ExecutionPlan plan(Pipeline pipeline, FileHashes facts) {
        Map<StepName, Fingerprint> fingerprints = new HashMap<>();
        List<PlannedStep> planned = new ArrayList<>();
        for (Step step : TopologicalOrder.of(pipeline.steps())) {
            PlannedStep ready =
                    new StepPlanner(step, step.runs() ? facts : new FileHashes(Map.of()), fingerprints).plan();
            fingerprints.put(step.name(), ready.fingerprint());
            planned.add(ready);
        }
        return new ExecutionPlan(
                pipeline.name(),
                planned,
                pipeline.steps().stream().map(Step::name).toList());
    }
}
