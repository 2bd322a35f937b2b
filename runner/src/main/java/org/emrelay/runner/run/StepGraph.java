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

/** Who needs whom in a plan, and who reads what another wrote rather than only coming after it. */
final class StepGraph {
    private final ExecutionPlan plan;
    private final Map<StepName, PlannedStep> steps;
    private final Map<StepName, Set<StepName>> read = new HashMap<>();
    private final Set<StepName> readByAnother = new LinkedHashSet<>();

    StepGraph(ExecutionPlan plan) {
        this.plan = plan;
        this.steps = new LinkedHashMap<>(plan.byName());
        for (PlannedStep step : plan.steps()) {
            Set<StepName> reads = step.reads();
            read.put(step.name(), reads);
            if (step.runs()) {
                readByAnother.addAll(reads);
            }
        }
    }

    ExecutionPlan plan() {
        return plan;
    }

    /** In an order in which they can run. */
    Collection<PlannedStep> steps() {
        return steps.values();
    }

    PlannedStep step(StepName name) {
        return Objects.requireNonNull(steps.get(name), "no such step");
    }

    Set<StepName> dependencies(StepName name) {
        return step(name).dependencies();
    }

    /** The steps whose outputs this one is given, a part of its dependencies. */
    Set<StepName> reads(StepName name) {
        return Objects.requireNonNull(read.get(name), "no such step");
    }

    boolean isReadByAnother(StepName name) {
        return readByAnother.contains(name);
    }

    /** These steps and all that depend on them, however far below. */
    Set<StepName> withAllBelow(Set<StepName> names) {
        Set<StepName> found = new LinkedHashSet<>(names);
        for (PlannedStep step : steps.values()) {
            if (step.dependencies().stream().anyMatch(found::contains)) {
                found.add(step.name());
            }
        }
        return found;
    }
}
