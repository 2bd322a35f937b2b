package org.emrelay.runner.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.plan.ExecutionPlan;

/** Parses step names of a command line. */
public final class StepNames {
    private StepNames() {}

    /** Parses names, each of which must be a step of the plan. */
    static Set<StepName> of(ExecutionPlan plan, List<String> arguments) {
        Set<StepName> names = parse("Step", arguments);
        List<String> known = plan.fileOrder().stream().map(StepName::value).toList();
        for (StepName name : names) {
            if (plan.find(name).isEmpty()) {
                String suggestion = Suggestion.didYouMean(name.value(), known);
                throw CommandFailure.usage("No step '" + name + "' in " + plan.pipeline() + ". Known steps: "
                        + String.join(", ", known) + "." + (suggestion.isEmpty() ? "" : " " + suggestion));
            }
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
