package org.emrelay.runner.service;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;

/** Shows logs of a run's steps: by default those of failed steps, with the cause first. */
public final class StepLogViewer {
    private final ClusterSession session;
    private final RunnerCommand command;

    public StepLogViewer(ClusterSession session, RunnerCommand command) {
        this.session = session;
        this.command = command;
    }

    /**
     * Shows logs.
     *
     * @param runId null for the cluster's newest run
     * @param stepNames empty for the steps that failed
     */
    public ExitCode show(@Nullable String runId, List<String> stepNames, CommandOutput output) throws IOException {
        Run run = session.runs().readableRun(session.id(), runId);
        RunResult result = session.read(run);
        Set<StepName> names = StepNames.of(run.plan(), stepNames);
        List<StepResult> steps = result.steps().stream()
                .filter(step -> names.isEmpty() ? step.phase() == StepPhase.FAILED : names.contains(step.name()))
                .toList();
        output.print(new StepLogsReport(run, steps, session.logs()));
        return ExitCode.DONE;
    }

    /** Prints a step's log as it grows: the named step's, or the running step's. */
    public ExitCode follow(@Nullable String runId, List<String> stepNames) throws IOException {
        Run run = session.runs().readableRun(session.id(), runId);
        Set<StepName> names = StepNames.of(run.plan(), stepNames);
        List<StepResult> candidates = session.read(run).steps().stream()
                .filter(step -> names.isEmpty() ? step.phase().isActive() : names.contains(step.name()))
                .toList();
        if (candidates.isEmpty()) {
            throw CommandFailure.refused("No step of run " + run.id() + " is running. See "
                    + command.action(
                            "list_steps",
                            "-idc",
                            session.id().value(),
                            "--run",
                            run.id().value()));
        } else if (names.size() > 1) {
            throw CommandFailure.usage("--follow takes one step.");
        }
        session.followLog(run, candidates.get(0));
        return ExitCode.DONE;
    }
}
