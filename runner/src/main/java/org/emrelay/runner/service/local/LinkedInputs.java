package org.emrelay.runner.service.local;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.ContentHashes;

/**
 * The inputs of a local run. They are links: a step reads what they lead to now, while its fingerprint has what they led to when
 * the run was added. A result of other data would be reused as if it were of these.
 */
final class LinkedInputs {
    private static final Pattern PATH = Pattern.compile("input/([0-9a-f]+)/.*", Pattern.DOTALL);

    private LinkedInputs() {}

    /** Refuses a run if a step without a result would read other data than it was planned with. */
    static void requireUnchanged(Run run, RunState state, RunnerCommand command) {
        for (PlannedStep step : run.plan().steps()) {
            if (step.runs() && !state.phase(step.name()).hasResult()) {
                step.uploads()
                        .forEach(upload -> requireUnchanged(
                                step,
                                upload,
                                command.action(
                                        "add_steps", "-idc", run.cluster().value())));
            }
        }
    }

    private static void requireUnchanged(PlannedStep step, Upload input, String addSteps) {
        Matcher path = PATH.matcher(input.path());
        if (path.matches()
                && !new ContentHashes()
                        .of(List.of(input.source()))
                        .get(input.source())
                        .equals(path.group(1))) {
            throw CommandFailure.refused("Step '" + step.name() + "': its input " + input.source()
                    + " has changed since the steps were added. Add them again: " + addSteps);
        }
    }
}
