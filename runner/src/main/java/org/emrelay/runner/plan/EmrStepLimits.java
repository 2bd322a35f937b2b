package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.StepName;

/** Checks a plan against the limits EMR sets on steps. */
public final class EmrStepLimits {
    /** EMR allows 256 active steps. The rest is reserved for YARN cleanup steps and for steps of other users. */
    public static final int MAX_ACTIVE_STEPS = 200;

    private static final int MAX_COMMAND_CHARACTERS = 10_240;

    private EmrStepLimits() {}

    public static List<Problem> check(ExecutionPlan plan, String file) {
        Map<StepName, String> paths = StepName.paths(plan.fileOrder());
        PlaceholderUris uris = PlaceholderUris.longest(plan);
        List<Problem> problems = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            int characters = step.sparkSubmit().command().stream()
                    .mapToInt(argument -> argument.resolve(uris).length())
                    .sum();
            if (step.runs() && characters > MAX_COMMAND_CHARACTERS) {
                problems.add(Problem.error(
                        file,
                        Objects.requireNonNull(paths.get(step.name())),
                        String.format(
                                "the command of '%s' has %,d characters; EMR allows at most %,d.",
                                step.name(), characters, MAX_COMMAND_CHARACTERS),
                        step.inputs().stream().anyMatch(input -> input.uris().size() > 1)
                                ? "A list of instances has a URI for each: let several steps read parts of it."
                                : "Move long values to a file and pass that file to the step."));
            }
        }
        long running = plan.steps().stream().filter(PlannedStep::runs).count();
        if (running > MAX_ACTIVE_STEPS) {
            problems.add(Problem.warning(
                    file,
                    "steps",
                    String.format(
                            "%,d steps run, and at most %,d are submitted to EMR at a time.",
                            running, MAX_ACTIVE_STEPS),
                    "The others are submitted when these end, so execute_steps must keep running."));
        }
        return problems;
    }
}
