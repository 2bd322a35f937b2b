package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.RunExecution;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.run.Journals;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.run.StepState;
import org.emrelay.runner.service.CommandFailure;
import org.jspecify.annotations.Nullable;

/** The runs that other processes execute in the same workspace, which must not find their data changed. */
record OtherRuns(LocalWorkspace workspace, Journals journals) {
    /** Inputs of the legacy form keep their names. The paths of all others contain the hash of their content. */
    private static final Pattern SHARED_INPUT = Pattern.compile("input/[^/]+");

    OtherRuns {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(journals, "journals");
    }

    private List<Run> others(@Nullable RunId own) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (RunExecution execution : WorkspaceLock.executions(workspace)) {
            if (!execution.run().equals(own)) {
                new RunStore(workspace).findReadable(execution.run()).ifPresent(runs::add);
            }
        }
        return runs;
    }

    /** Refuses to execute a run again while another one reads its results. */
    void requireNotReading(Run run) throws IOException {
        for (Run other : others(run.id())) {
            boolean reads = RunState.of(other, journals).steps().values().stream()
                    .map(StepState::reused)
                    .anyMatch(reused -> reused != null && reused.from().equals(run.id()));
            if (reads) {
                throw CommandFailure.refused(
                        "Run " + other.id() + " (" + other.plan().pipeline() + ") is reading results of run " + run.id()
                                + ". Wait for it to end.");
            }
        }
    }

    /**
     * Refuses a run that would replace an input of another one by a file of the same name.
     *
     * @param own the run of this process; null before it is added
     */
    void requireOwnInputs(ExecutionPlan plan, @Nullable RunId own) throws IOException {
        Map<String, Path> inputs = new HashMap<>();
        uploads(plan).forEach(upload -> inputs.put(upload.path(), upload.source()));
        for (Run other : inputs.isEmpty() ? List.<Run>of() : others(own)) {
            for (Upload theirs : uploads(other.plan()).toList()) {
                if (!theirs.source().equals(inputs.getOrDefault(theirs.path(), theirs.source()))) {
                    throw CommandFailure.refused("Run " + other.id() + " ("
                            + other.plan().pipeline() + ") reads "
                            + theirs.source() + " under the same name as this run reads " + inputs.get(theirs.path())
                            + ". Wait for it to end, or rename a file.");
                }
            }
        }
    }

    private static Stream<Upload> uploads(ExecutionPlan plan) {
        return plan.steps().stream()
                .filter(PlannedStep::runs)
                .flatMap(step -> step.uploads().stream())
                .filter(upload -> SHARED_INPUT.matcher(upload.path()).matches());
    }
}
