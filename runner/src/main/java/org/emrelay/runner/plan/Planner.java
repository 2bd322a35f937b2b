package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Plans the execution of a pipeline. Pure: the same pipeline and file hashes give the same plan on every host. */
public final class Planner {
    private Planner() {}

    public static ExecutionPlan plan(Pipeline pipeline, FileHashes hashes) {
        Map<StepName, Fingerprint> fingerprints = new HashMap<>();
        List<PlannedStep> planned = new ArrayList<>();
        for (Step step : TopologicalOrder.of(pipeline.steps())) {
            PlannedStep plannedStep =
                    new StepPlanner(step, step.runs() ? hashes : new FileHashes(Map.of()), fingerprints).plan();
            fingerprints.put(step.name(), plannedStep.fingerprint());
            planned.add(plannedStep);
        }
        return new ExecutionPlan(
                pipeline.name(),
                planned,
                pipeline.steps().stream().map(Step::name).toList());
    }
}
