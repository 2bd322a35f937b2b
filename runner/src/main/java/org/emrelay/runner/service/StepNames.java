package org.emrelay.runner.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;

/** Parses step names of a command line. */
public final class StepNames {
    private StepNames() {}

    /** Parses names, each of which must be a step of the plan. That of a step with a loop stands for all its instances. */
    static Set<StepName> of(ExecutionPlan plan, List<String> arguments) {
        Set<StepName> names = new LinkedHashSet<>();
        for (StepName name : parse("Step", arguments)) {
            List<StepName> named = plan.named(name);
            if (named.isEmpty()) {
                throw CommandFailure.usage("No step '" + name + "' in " + plan.pipeline() + ". " + plan.unknown(name));
            }
            names.addAll(named);
        }
        return names;
    }

    /**
     * Parses step names.
     *
     * @param option what an error message calls the argument
     */
    public static Set<StepName> parse(String option, List<String> arguments) {
        Set<StepName> names = new LinkedHashSet<>();
        for (String argument : arguments) {
            if (!StepName.isValid(argument)) {
                throw CommandFailure.usage(option + " '" + argument + "' is not a valid step name.");
            }
            names.add(new StepName(argument));
        }
        return names;
    }
}
