package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Plans the execution of a pipeline. Pure: the same pipeline and file hashes give the same plan on every host. */
public final class Planner {
    private Planner() {}

    public static ExecutionPlan plan(Pipeline pipeline, FileHashes hashes) {
        Map<StepName, Fingerprint> fingerprints = new HashMap<>();
        List<PlannedStep> planned = new ArrayList<>();
        for (Step step : topologicalOrder(pipeline.steps())) {
            PlannedStep plannedStep =
                    new StepPlanner(step, step.runs() ? hashes : new FileHashes(Map.of()), fingerprints).plan();
            fingerprints.put(step.name(), plannedStep.fingerprint());
            planned.add(plannedStep);
        }
        return new ExecutionPlan(
                pipeline.name(),
                pipeline.parameters(),
                planned,
                pipeline.steps().stream().map(Step::name).toList(),
                pipeline.backfill());
    }

    /** Sorts steps topologically; ties keep the order of the file. */
    private static List<Step> topologicalOrder(List<Step> steps) {
        Map<StepName, List<Integer>> dependents = new HashMap<>();
        int[] unmet = new int[steps.size()];
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < steps.size(); i++) {
            Set<StepName> dependencies = steps.get(i).dependencies();
            unmet[i] = dependencies.size();
            for (StepName dependency : dependencies) {
                dependents.computeIfAbsent(dependency, key -> new ArrayList<>()).add(i);
            }
            if (unmet[i] == 0) {
                ready.add(i);
            }
        }
        List<Step> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            Step next = steps.get(ready.remove());
            ordered.add(next);
            for (int dependent : dependents.getOrDefault(next.name(), List.of())) {
                unmet[dependent]--;
                if (unmet[dependent] == 0) {
                    ready.add(dependent);
                }
            }
        }
        if (ordered.size() < steps.size()) {
            throw new IllegalArgumentException("the dependencies of the steps form a cycle");
        }
        return ordered;
    }
}
