package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;

/**
 * Which steps a user wants to run, chosen by hand.
 *
 * @param from these and all below them run, the others are taken as an earlier run left them
 * @param only just these run, what they need is taken as an earlier run left it
 * @param rerun these and all below them run, whatever results of them there are
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

    /** Whether what was not chosen does not run. */
    boolean isRestricting() {
        return !from.isEmpty() || !only.isEmpty();
    }

    /** The steps that run whatever results of them there are. */
    Set<StepName> chosen(StepGraph graph) {
        Set<StepName> withBelow = new LinkedHashSet<>(from);
        withBelow.addAll(rerun);
        Set<StepName> chosen = graph.withAllBelow(withBelow);
        chosen.addAll(only);
        return chosen;
    }

    /** The option by which a step was chosen, or would have been. */
    String option(StepName step) {
        if (rerun.contains(step)) {
            return "--rerun";
        } else if (from.contains(step)) {
            return "--from";
        }
        return only.isEmpty() ? from.isEmpty() ? "--rerun" : "--from" : "--only";
    }

    /** Refuses steps that the plan does not have, or that never run. */
    public void check(ExecutionPlan plan) throws SelectionException {
        check(plan, "--from", from);
        check(plan, "--only", only);
        check(plan, "--rerun", rerun);
    }

    private static void check(ExecutionPlan plan, String option, Set<StepName> names) throws SelectionException {
        for (StepName name : new TreeSet<>(names)) {
            PlannedStep step = plan.find(name).orElse(null);
            if (step == null) {
                throw new SelectionException(unknown(plan, option, name));
            } else if (!step.runs()) {
                throw new SelectionException(option + " " + name + ": that step does not run: " + step.notRun() + ".");
            }
        }
    }

    private static String unknown(ExecutionPlan plan, String option, StepName name) {
        List<String> known = texts(plan.fileOrder());
        String suggestion = Suggestion.sentence(name.value(), known);
        return option + " " + name + ": " + plan.pipeline() + " has no step of that name. Known steps: "
                + String.join(", ", known) + "." + (suggestion.isEmpty() ? "" : " " + suggestion);
    }

    private static List<String> texts(Collection<StepName> names) {
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.add(name.value()));
        return texts;
    }
}
