package org.emrelay.runner.cli;

import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.plan.ExecutionPlan;

/** Takes steps' names from a command line and refuses those that a plan does not have. */
final class StepChoice {
    private StepChoice() {}

    static Set<StepName> of(ExecutionPlan plan, List<String> written) {
        Set<StepName> names = SelectionOptions.names("Step", written);
        List<String> known = plan.fileOrder().stream().map(StepName::value).toList();
        for (StepName name : names) {
            if (plan.find(name).isEmpty()) {
                String near = Suggestion.sentence(name.value(), known);
                throw CommandFailure.usage("There is no step '" + name + "' in " + plan.pipeline() + ". Known steps: "
                        + String.join(", ", known) + "." + (near.isEmpty() ? "" : " " + near));
            }
        }
        return names;
    }
}
