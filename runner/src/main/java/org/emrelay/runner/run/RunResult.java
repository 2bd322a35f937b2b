package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.LogLocator;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a run has come to, for a report.
 *
 * @param terminateCluster whether a failed step asks for the cluster to be ended
 * @param steps in the file's order
 * @param unwatched what nobody sees to from now on; nothing unless it is {@link Status#DETACHED}
 */
public record RunResult(
        RunId run,
        String pipeline,
        Status status,
        boolean terminateCluster,
        List<StepResult> steps,
        DetachedRisks unwatched) {

    /** How far a run has come. */
    public enum Status {
        DONE,
        FAILED,
        /** It was stopped by its user, and can be gone on with. */
        INTERRUPTED,
        /** Its user has turned away from it: what is in the platform's hands goes on, and the run can be taken up again. */
        DETACHED,
        /** It has not ended: it runs at this moment, or its executor was killed. */
        UNFINISHED
    }

    /**
     * What has become of one step.
     *
     * @param rows null where that is not known
     * @param summary what the output consists of; null when there is none
     * @param output where it lies, or would lie; null for a step that was skipped and for one that wrote nothing
     * @param log of the last attempt; null when there was none
     * @param reason why it failed, was skipped or cancelled, or was reused although it should have run; else empty
     * @param runsAgain why it ran although a result was there; else empty
     * @param failure the last one, also of a step that succeeded later; null when there was none
     * @param reusedFrom the run whose result stands for its own; null when that is its own
     */
    public record StepResult(
            StepName name,
            StepPhase phase,
            int attempts,
            Duration elapsed,
            @Nullable Long rows,
            @Nullable OutputSummary summary,
            @Nullable String output,
            @Nullable String log,
            String reason,
            String runsAgain,
            @Nullable Failure failure,
            @Nullable RunId reusedFrom) {
        public StepResult {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(elapsed, "elapsed");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(runsAgain, "runsAgain");
        }

        /** The same step with more told of its failure. */
        public StepResult with(Failure toldMore) {
            return new StepResult(
                    name,
                    phase,
                    attempts,
                    elapsed,
                    rows,
                    summary,
                    output,
                    log,
                    reason,
                    runsAgain,
                    toldMore,
                    reusedFrom);
        }
    }

    public RunResult {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(status, "status");
        steps = List.copyOf(steps);
        Objects.requireNonNull(unwatched, "unwatched");
    }

    /** The same result with more told of its steps. */
    public RunResult with(List<StepResult> toldMore) {
        return new RunResult(run, pipeline, status, terminateCluster, toldMore, unwatched);
    }

    public Optional<StepResult> find(StepName name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** What the journal tells of a run, also while another process executes it. */
    public static RunResult read(Run run, Journals journals, Workspace workspace, LogLocator logs) throws IOException {
        RunState state = RunState.of(run, journals);
        return of(run, state, workspace, logs);
    }

    /** What the events tell of a run; an unfinished one is reported as it stands. */
    public static RunResult of(Run run, RunState state, Workspace workspace, LogLocator logs) {
        Outcome outcome = state.outcome();
        Status status = outcome == null ? Status.UNFINISHED : outcome == Outcome.DONE ? Status.DONE : Status.FAILED;
        return of(run, state, workspace, logs, status, DetachedRisks.NOTHING);
    }

    static RunResult of(
            Run run, RunState state, Workspace workspace, LogLocator logs, Status status, DetachedRisks unwatched) {
        RunUris places = new RunUris(run, state, workspace);
        Function<AttemptId, String> log = attempt -> logs.log(run.id(), attempt);
        List<StepResult> steps = new ArrayList<>();
        for (StepName name : run.plan().fileOrder()) {
            steps.add(step(name, state.step(name), places, log, status));
        }
        return new RunResult(run.id(), run.plan().pipeline(), status, endsCluster(run, state), steps, unwatched);
    }

    private static StepResult step(
            StepName name, StepState state, RunUris places, Function<AttemptId, String> logs, Status status) {
        boolean stopped = status == Status.INTERRUPTED && state.phase() == StepPhase.WAITING;
        Event.StepReused reused = state.reused();
        boolean without = state.phase() == StepPhase.SKIPPED || (state.phase().hasResult() && state.summary() == null);
        return new StepResult(
                name,
                stopped ? StepPhase.CANCELLED : state.phase(),
                state.tries(),
                state.elapsed(),
                state.rows(),
                state.summary(),
                without ? null : places.outputOf(name),
                state.lastTried() == 0 ? null : logs.apply(new AttemptId(name, state.lastTried())),
                stopped ? "interrupted" : reused == null ? state.reason() : reused.despite(),
                state.runsAgain(),
                state.failure(),
                reused == null ? null : reused.from());
    }

    private static boolean endsCluster(Run run, RunState state) {
        return run.plan().steps().stream()
                .filter(step -> state.phase(step.name()) == StepPhase.FAILED)
                .map(PlannedStep::failurePolicy)
                .anyMatch(policy -> policy.onFailure() == OnFailure.TERMINATE_CLUSTER);
    }
}
