package org.emrelay.runner.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;

/**
 * The steps a user selected with {@code --from}, {@code --only} and {@code --rerun}.
 *
 * @param from these steps and all downstream steps run; all others use their existing results
 * @param only exactly these steps run, on the existing results of their dependencies
 * @param rerun these steps and all downstream steps run even if they have results
 */
public record Selection(Set<StepName> from, Set<StepName> only, Set<StepName> rerun) {
    public static final Selection NONE = new Selection(Set.of(), Set.of(), Set.of());

    public Selection {
        from = Set.copyOf(from);
        only = Set.copyOf(only);
        rerun = Set.copyOf(rerun);
    }

    public boolean isNone() {
        return from.isEmpty() && only.isEmpty() && rerun.isEmpty();
    }

    /** Whether steps that are not selected do not run. */
    boolean isRestricting() {
        return !from.isEmpty() || !only.isEmpty();
    }

    /** The steps that run even if they have results. */
    Set<StepName> selected(StepGraph graph) {
        Set<StepName> roots = new LinkedHashSet<>(from);
        roots.addAll(rerun);
        Set<StepName> selected = graph.withDownstream(roots);
        selected.addAll(only);
        return selected;
    }

    /** The option that selected the step, or that would select it. */
    String option(StepName step) {
        if (rerun.contains(step)) {
            return "--rerun";
        } else if (from.contains(step)) {
            return "--from";
        }
        return only.isEmpty() ? from.isEmpty() ? "--rerun" : "--from" : "--only";
    }

    /**
     * The selected steps of a plan: the name of a step with a loop stands for all its instances.
     *
     * @throws SelectionException for a step that the plan does not contain or that never runs
     */
    public Selection in(ExecutionPlan plan) throws SelectionException {
        return new Selection(steps(plan, "--from", from), steps(plan, "--only", only), steps(plan, "--rerun", rerun));
    }

    private static Set<StepName> steps(ExecutionPlan plan, String option, Set<StepName> names)
            throws SelectionException {
        Set<StepName> steps = new LinkedHashSet<>();
        for (StepName name : new TreeSet<>(names)) {
            List<StepName> named = plan.named(name);
            if (named.isEmpty()) {
                throw new SelectionException(option + " " + name + ": pipeline " + plan.pipeline()
                        + " has no such step. " + plan.unknown(name));
            }
            PlannedStep first = plan.find(named.get(0)).orElseThrow();
            if (!first.runs()) {
                throw new SelectionException(
                        option + " " + name + ": the step does not run: " + first.skipReason() + ".");
            }
            steps.addAll(named);
        }
        return steps;
    }
}
