package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;

/**
 * The run that a process executes, and what it uses.
 *
 * @param cores the most that its steps use at a time
 * @param memoryMebibytes the most that its steps use at a time
 * @param outputs where its steps write, other than to the run's own directories
 */
public record RunExecution(RunId run, String pipeline, int cores, long memoryMebibytes, List<String> outputs) {
    public RunExecution {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(pipeline, "pipeline");
        outputs = List.copyOf(outputs);
    }

    /** @param used what the steps of the plan use at most */
    static RunExecution of(RunId run, ExecutionPlan plan, LocalResources used, LocalWorkspace workspace) {
        List<String> outputs = plan.steps().stream()
                .filter(PlannedStep::runs)
                .flatMap(step -> output(step, workspace).stream())
                .map(Path::toString)
                .toList();
        return new RunExecution(run, plan.pipeline(), used.cores(), used.memoryMebibytes(), outputs);
    }

    /** Empty for an output below the run's own directory, and for a URI that no local step can write to. */
    private static Optional<Path> output(PlannedStep step, LocalWorkspace workspace) {
        try {
            if (step.output().destination() instanceof Output.AtUri at) {
                return Optional.of(LocalOutputFiles.path(at.uri()));
            }
            return step.output().destination() instanceof Output.WorkspacePath inWorkspace
                    ? Optional.of(Path.of(workspace.uri(inWorkspace.path())))
                    : Optional.empty();
        } catch (IOException notLocal) {
            return Optional.empty();
        }
    }

    /** A location that both write to; empty if there is none. */
    Optional<String> conflict(RunExecution other) {
        return outputs.stream()
                .filter(output -> other.outputs.stream().anyMatch(theirs -> overlap(Path.of(output), Path.of(theirs))))
                .findFirst();
    }

    private static boolean overlap(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /** {@code 20261121-034512-ab3f (clouds)}. */
    String label() {
        return run + " (" + pipeline + ")";
    }
}
