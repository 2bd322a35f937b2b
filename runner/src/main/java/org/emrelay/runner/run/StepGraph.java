package org.emrelay.runner.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;

/** The dependency graph of a plan. Distinguishes steps that read an output from steps that only run after another. */
final class StepGraph {
    private final Map<StepName, PlannedStep> steps;
    private final Map<StepName, Set<StepName>> inputSteps = new HashMap<>();
    private final Set<StepName> stepsWithReaders = new LinkedHashSet<>();

    StepGraph(ExecutionPlan plan) {
        this.steps = new LinkedHashMap<>(plan.byName());
        for (PlannedStep step : plan.steps()) {
            Set<StepName> reads = step.inputSteps();
            inputSteps.put(step.name(), reads);
            if (step.runs()) {
                stepsWithReaders.addAll(reads);
            }
        }
    }

    /** In topological order. */
    Collection<PlannedStep> steps() {
        return steps.values();
    }

    PlannedStep step(StepName name) {
        return Objects.requireNonNull(steps.get(name), "no such step");
    }

    Set<StepName> dependencies(StepName name) {
        return step(name).dependencies();
    }

    /** The steps whose outputs this step reads: a subset of its dependencies. */
    Set<StepName> reads(StepName name) {
        return Objects.requireNonNull(inputSteps.get(name), "no such step");
    }

    boolean hasReader(StepName name) {
        return stepsWithReaders.contains(name);
    }

    /** These steps and all their direct and indirect dependents. */
    Set<StepName> withDownstream(Set<StepName> names) {
        Set<StepName> found = new LinkedHashSet<>(names);
        for (PlannedStep step : steps.values()) {
            if (step.dependencies().stream().anyMatch(found::contains)) {
                found.add(step.name());
            }
        }
        return found;
    }
}
