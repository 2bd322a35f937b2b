package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Problem;

/** What EMR refuses of a plan although Spark would take it. */
public final class EmrStepLimits {
    private static final int STEP_CHARACTERS = 10_240;

    private EmrStepLimits() {}

    public static List<Problem> check(ExecutionPlan plan, String file) {
        PlaceholderUris places = PlaceholderUris.longest(plan);
        List<Problem> problems = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            int characters = step.submission().command().stream()
                    .mapToInt(word -> word.text(places).length())
                    .sum();
            if (step.runs() && characters > STEP_CHARACTERS) {
                problems.add(Problem.error(
                        file,
                        "steps[" + plan.fileOrder().indexOf(step.name()) + "]",
                        String.format(
                                "the command of '%s' has %,d characters; EMR takes at most %,d.",
                                step.name(), characters, STEP_CHARACTERS),
                        "Put long values into a file and give the step that file."));
            }
        }
        return problems;
    }
}
