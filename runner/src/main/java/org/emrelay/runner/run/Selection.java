package org.emrelay.runner.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
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

    /** Rejects steps that the plan does not contain or that never run. */
    public void validate(ExecutionPlan plan) throws SelectionException {
        validate(plan, "--from", from);
        validate(plan, "--only", only);
        validate(plan, "--rerun", rerun);
    }

    private static void validate(ExecutionPlan plan, String option, Set<StepName> names) throws SelectionException {
        for (StepName name : new TreeSet<>(names)) {
            PlannedStep step = plan.find(name).orElse(null);
            if (step == null) {
                throw new SelectionException(unknown(plan, option, name));
            } else if (!step.runs()) {
                throw new SelectionException(
                        option + " " + name + ": the step does not run: " + step.skipReason() + ".");
            }
        }
    }

    private static String unknown(ExecutionPlan plan, String option, StepName name) {
        List<String> known = plan.fileOrder().stream().map(StepName::value).toList();
        String suggestion = Suggestion.didYouMean(name.value(), known);
        return option + " " + name + ": pipeline " + plan.pipeline() + " has no such step. Known steps: "
                + String.join(", ", known) + "." + (suggestion.isEmpty() ? "" : " " + suggestion);
    }
}
