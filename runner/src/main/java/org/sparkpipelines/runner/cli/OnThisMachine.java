package org.sparkpipelines.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sparkpipelines.runner.plan.ExecutionPlan;
import org.sparkpipelines.runner.plan.PlanPlaces;
import org.sparkpipelines.runner.plan.PlannedStep;
import org.sparkpipelines.runner.plan.PlannedStep.PlannedInput;

/** Finds what a plan needs that a local cluster cannot reach, before anything starts. */
final class OnThisMachine {
    private static final Pattern S3 = Pattern.compile("s3[an]?://.*");

    private OnThisMachine() {}

    /** Ends the command with a sentence for each thing that is out of reach. */
    static void check(ExecutionPlan plan) {
        PlanPlaces places = PlanPlaces.shown(plan);
        List<String> sentences = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            if (step.runs()) {
                for (PlannedInput input : step.inputs()) {
                    String uri = input.uri().masked(places);
                    if (S3.matcher(uri).matches()) {
                        sentences.add("Step '" + step.name() + "' reads " + uri
                                + ", which a local cluster cannot: give it a copy on this machine, " + remedy(input)
                                + ".");
                    }
                }
                String program = step.submission().program().masked(places);
                if (S3.matcher(program).matches()) {
                    sentences.add("Step '" + step.name() + "' runs " + program
                            + ", which a local cluster cannot fetch: name a copy on this machine as its script_uri.");
                }
            }
        }
        if (!sentences.isEmpty()) {
            throw new CommandFailure(ExitCode.INVALID_FILE, String.join("\n", sentences));
        }
    }

    private static String remedy(PlannedInput input) {
        return input.parameter().isEmpty()
                ? "by a parameter in its place in the file (\"" + input.name() + "\": \"${" + input.name()
                        + "}\") and -p " + input.name() + "=PATH"
                : "with -p " + input.parameter() + "=PATH";
    }
}
