package org.emrelay.runner.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.SubmissionMode;
import org.jspecify.annotations.Nullable;

/** The dependency graph of a plan. Distinguishes steps that read an output from steps that only run after another. */
final class StepGraph {
    private final Map<StepName, PlannedStep> steps;
    private final Map<StepName, Set<StepName>> inputSteps = new HashMap<>();
    private final Set<StepName> stepsWithReaders = new LinkedHashSet<>();
    private final @Nullable Backfill backfill;
    private final boolean limitsDays;

    StepGraph(ExecutionPlan plan) {
        this(plan, true);
    }

    /** The graph for an execution. A sequential platform runs one step at a time anyway, and without the runner if all are submitted. */
    StepGraph(ExecutionPlan plan, SubmissionMode mode) {
        this(plan, !mode.sequential());
    }

    private StepGraph(ExecutionPlan plan, boolean limitsDays) {
        this.backfill = plan.backfill();
        this.limitsDays = limitsDays;
        this.steps = new LinkedHashMap<>(plan.byName());
        for (PlannedStep step : plan.steps()) {
            Set<StepName> reads = step.inputSteps();
            inputSteps.put(step.name(), reads);
            if (step.runs()) {
                stepsWithReaders.addAll(reads);
            }
        }
    }

    /** The days of a backfill whose steps may start, when none is known to have unfinished steps. */
    OpenDays openDays() {
        return new OpenDays(limitsDays ? backfill : null);
    }

    /** The day of a step in a backfill; empty if the pipeline runs once. */
    String day(StepName step) {
        return backfill == null ? "" : step.loopValue(backfill.key());
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
