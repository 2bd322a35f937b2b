package org.emrelay.runner.export;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;

/**
 * A step of an export. Its texts may have references.
 *
 * @param arguments the full command, for EMR's command-runner.jar
 * @param output the URI that it writes to
 * @param after the steps that must succeed first: those that it depends on and, if steps run one at a time, those that either succeed or end the
 *     run. A step that another one of them waits for is left out.
 * @param needs the steps whose outputs it needs, also indirectly
 */
public record ExportedStep(
        StepName name,
        String description,
        List<String> arguments,
        String output,
        Set<StepName> after,
        Set<StepName> needs,
        FailurePolicy failurePolicy) {
    /** The jar on every EMR node that runs a command. */
    public static final String COMMAND_RUNNER = "command-runner.jar";

    public ExportedStep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        arguments = List.copyOf(arguments);
        Objects.requireNonNull(output, "output");
        after = Set.copyOf(after);
        needs = Set.copyOf(needs);
        Objects.requireNonNull(failurePolicy, "failurePolicy");
    }

    /** Whether the run continues after a failure of the step. */
    public boolean mayFail() {
        return failurePolicy.onFailure() == OnFailure.CONTINUE;
    }

    /** The command that deletes what a failed attempt has written. */
    public List<String> clearing() {
        return List.of("hadoop", "fs", "-rm", "-r", "-f", "-skipTrash", output);
    }
}
