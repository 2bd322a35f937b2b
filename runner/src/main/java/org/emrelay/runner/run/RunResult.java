package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.InstanceChanged;
import org.emrelay.runner.run.Event.NoticeGiven;
import org.emrelay.runner.run.Event.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run, for reports.
 *
 * @param terminateCluster whether the {@code on_failure} of a failed step terminates the cluster
 * @param steps in the order of the steps file
 * @param cost what the cluster had cost when that was last recorded; null when unknown
 * @param bill what of that the steps cost; null when unknown
 * @param detachedRisks what is no longer enforced; empty unless the status is {@link Status#DETACHED}
 */
public record RunResult(
        RunId run,
        String pipeline,
        Status status,
        boolean terminateCluster,
        List<StepResult> steps,
        @Nullable Cost cost,
        @Nullable Bill bill,
        List<NoticeGiven> notices,
        List<InstanceChanged> instanceChanges,
        DetachedRisks detachedRisks) {

    /** The status of a run. */
    public enum Status {
        DONE(ExitCode.DONE),
        FAILED(ExitCode.STEP_FAILED),
        /** Stopped by the user. The run can be continued. */
        INTERRUPTED(ExitCode.INTERRUPTED),
        /** Stopped because the cluster had cost what it may cost. The run can be continued. */
        OVER_LIMIT(ExitCode.REFUSED),
        /** The user detached. Active attempts continue on the platform, and a runner can reattach. */
        DETACHED(ExitCode.INTERRUPTED),
        /** Not ended: the run is executing now, or its executor was killed. */
        UNFINISHED(ExitCode.INTERRUPTED);

        private final ExitCode exitCode;

        Status(ExitCode exitCode) {
            this.exitCode = exitCode;
        }

        /** The status of a run that is not executing: it has ended, or stopped. */
        public static Status of(RunState state) {
            Outcome outcome = state.outcome();
            if (outcome == null) {
                return state.overLimit() ? OVER_LIMIT : UNFINISHED;
            }
            return outcome == Outcome.DONE ? DONE : FAILED;
        }

        /** As in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The exit code of a command that executed the run. */
        public ExitCode exitCode() {
            return exitCode;
        }
    }

    /**
     * The result of one step.
     *
     * @param history all attempts of this run, including those before a reset
     * @param elapsed the run time of the attempts since the last reset
     * @param rows null when unknown
     * @param summary the files of the output; null when there is none
     * @param output the output URI, even before it is written; null for a step that was skipped or wrote nothing
     * @param reason why it failed, was skipped or cancelled, or was reused although stale; else empty
     * @param rerunReason why it ran although it had a result; else empty
     * @param failure the last failure; null when there was none or the step succeeded since
     * @param reusedFrom the run whose result it reuses; null when the result is its own
     */
    public record StepResult(
            StepName name,
            StepPhase phase,
            List<Attempt> history,
            Duration elapsed,
            @Nullable Long rows,
            @Nullable OutputSummary summary,
            @Nullable String output,
            String reason,
            String rerunReason,
            @Nullable Failure failure,
            @Nullable RunId reusedFrom) {
        public StepResult {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(phase, "phase");
            history = List.copyOf(history);
            Objects.requireNonNull(elapsed, "elapsed");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(rerunReason, "rerunReason");
        }

        /** The number of attempts, without those that ended before they started. */
        public int attempts() {
            return (int) history.stream().filter(Attempt::counts).count();
        }

        /** The last attempt that did not end before it started. */
        public Optional<Attempt> lastAttempt() {
            return history.stream().filter(Attempt::counts).reduce((earlier, later) -> later);
        }

        /** The log of the last attempt; null when there was none or its log is not known. */
        public @Nullable String log() {
            return lastAttempt().map(Attempt::log).filter(log -> !log.isEmpty()).orElse(null);
        }

        /** The same step with a more detailed failure. */
        public StepResult with(Failure detailedFailure) {
            return with(history, detailedFailure);
        }

        private StepResult with(Function<AttemptId, PlatformStep> lookup) {
            List<Attempt> completed = history.stream()
                    .map(attempt ->
                            attempt.isFromEarlierVersion() || attempt.log().isEmpty()
                                    ? attempt.completed(lookup.apply(attempt.id()))
                                    : attempt)
                    .toList();
            return with(completed, failure);
        }

        private StepResult with(List<Attempt> attempts, @Nullable Failure lastFailure) {
            return new StepResult(
                    name,
                    phase,
                    attempts,
                    elapsed,
                    rows,
                    summary,
                    output,
                    reason,
                    rerunReason,
                    lastFailure,
                    reusedFrom);
        }
    }

    public RunResult {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(status, "status");
        steps = List.copyOf(steps);
        notices = List.copyOf(notices);
        instanceChanges = List.copyOf(instanceChanges);
        Objects.requireNonNull(detachedRisks, "detachedRisks");
    }

    /**
     * The same result with the logs that the journal does not have: of attempts that have not started, or that an earlier version
     * of the runner journalled.
     */
    public RunResult withMissingLogs(Function<AttemptId, PlatformStep> lookup) {
        List<StepResult> completed =
                steps.stream().map(step -> step.with(lookup)).toList();
        return new RunResult(
                run,
                pipeline,
                status,
                terminateCluster,
                completed,
                cost,
                bill,
                notices,
                instanceChanges,
                detachedRisks);
    }

    public Optional<StepResult> find(StepName name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** Reads a run's result from its journal, also while another process executes the run. */
    public static RunResult read(Run run, Journals journals, Workspace workspace) throws IOException {
        return of(run, RunState.of(run, journals), workspace);
    }

    /** Derives the result from a run's state. A run that has not ended is unfinished, or stopped at its limit. */
    public static RunResult of(Run run, RunState state, Workspace workspace) {
        return of(run, state, workspace, Status.of(state), DetachedRisks.NONE);
    }

    static RunResult of(Run run, RunState state, Workspace workspace, Status status, DetachedRisks detachedRisks) {
        RunUris uris = new RunUris(run, state, workspace);
        List<StepResult> steps = new ArrayList<>();
        for (StepName name : run.plan().fileOrder()) {
            steps.add(step(name, state.step(name), uris, status));
        }
        return new RunResult(
                run.id(),
                run.plan().pipeline(),
                status,
                terminatesCluster(run, state),
                steps,
                state.cost(),
                RunBill.of(run.plan(), state).orElse(null),
                state.notices(),
                state.instanceChanges(),
                detachedRisks);
    }

    private static StepResult step(StepName name, StepState state, RunUris uris, Status status) {
        boolean stopped =
                (status == Status.INTERRUPTED || status == Status.OVER_LIMIT) && state.phase() == StepPhase.WAITING;
        String stopReason = status == Status.OVER_LIMIT ? AttemptTracker.OVER_LIMIT : AttemptTracker.INTERRUPTED;
        Event.StepReused reused = state.reused();
        boolean hasNoOutput =
                state.phase() == StepPhase.SKIPPED || (state.phase().hasResult() && state.summary() == null);
        return new StepResult(
                name,
                stopped ? StepPhase.CANCELLED : state.phase(),
                state.attempts(),
                state.elapsed(),
                state.rows(),
                state.summary(),
                hasNoOutput ? null : uris.outputUri(name),
                stopped ? stopReason : reused == null ? state.reason() : reused.staleReason(),
                state.rerunReason(),
                state.failure(),
                reused == null ? null : reused.from());
    }

    private static boolean terminatesCluster(Run run, RunState state) {
        return run.plan().steps().stream()
                .filter(step -> state.phase(step.name()) == StepPhase.FAILED)
                .map(PlannedStep::failurePolicy)
                .anyMatch(policy -> policy.onFailure() == OnFailure.TERMINATE_CLUSTER);
    }
}
