package org.emrelay.runner.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.AttemptEvent;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptProfiled;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepReset;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/**
 * The immutable state of one step. {@link StepTransitions} says which event leads to which phase, and this record what else it
 * changes.
 *
 * @param attempts all attempts submitted in this run, including those before a reset
 * @param rerunReason why the step runs although it had a result; else empty
 * @param ownsOutput whether this run wrote, or began to write, the data at the output URI
 */
public record StepState(
        int retries,
        StepPhase phase,
        List<Attempt> attempts,
        Tally tally,
        Resolution resolution,
        String rerunReason,
        boolean ownsOutput) {
    /** A step fails after this many lost attempts in a row. */
    static final int MAX_CONSECUTIVE_LOSSES = 3;

    /**
     * What counts since the step was last reset.
     *
     * @param consecutiveLosses lost attempts in a row, under the current executor
     * @param elapsed the total run time of the attempts
     */
    record Tally(int failures, int consecutiveLosses, Duration elapsed) {
        static final Tally NONE = new Tally(0, 0, Duration.ZERO);
    }

    /**
     * What came of the step.
     *
     * @param reason why it failed, was skipped or was cancelled; else empty
     * @param blockedBy the failed step that blocks it; null if none
     * @param removed whether the user removed it from the run
     * @param summary the files of its result; null when there is none or the step wrote nothing
     * @param failure the last failure, also while the step is being retried; null when none, or when it succeeded since
     * @param reused the reuse event of the result; null when the result is the step's own
     */
    record Resolution(
            String reason,
            @Nullable StepName blockedBy,
            boolean removed,
            @Nullable OutputSummary summary,
            @Nullable Long rows,
            @Nullable Failure failure,
            @Nullable StepReused reused) {
        static final Resolution NONE = new Resolution("", null, false, null, null, null, null);

        static Resolution of(String reason, @Nullable Failure failure) {
            return new Resolution(reason, null, false, null, null, failure, null);
        }

        Resolution with(Failure detailed) {
            return new Resolution(reason, blockedBy, removed, summary, rows, detailed, reused);
        }
    }

    public StepState {
        Objects.requireNonNull(phase, "phase");
        attempts = List.copyOf(attempts);
        Objects.requireNonNull(tally, "tally");
        Objects.requireNonNull(resolution, "resolution");
        Objects.requireNonNull(rerunReason, "rerunReason");
    }

    static StepState initial(int retries) {
        return new StepState(retries, StepPhase.WAITING, List.of(), Tally.NONE, Resolution.NONE, "", false);
    }

    /** Whether the last attempt succeeded, so that the output is this run's result. */
    boolean wroteOutput() {
        return !attempts.isEmpty() && attempts.get(attempts.size() - 1).state() == Attempt.State.SUCCEEDED;
    }

    StepState in(StepPhase next) {
        return new StepState(retries, next, attempts, tally, resolution, rerunReason, ownsOutput);
    }

    private StepState with(List<Attempt> otherAttempts) {
        return new StepState(retries, phase, otherAttempts, tally, resolution, rerunReason, ownsOutput);
    }

    private StepState with(Tally other) {
        return new StepState(retries, phase, attempts, other, resolution, rerunReason, ownsOutput);
    }

    private StepState with(Resolution other) {
        return new StepState(retries, phase, attempts, tally, other, rerunReason, ownsOutput);
    }

    StepState runAgain(String reason) {
        return new StepState(retries, phase, attempts, tally, resolution, reason, ownsOutput);
    }

    StepState reset(StepReset event) {
        return new StepState(
                retries, phase, attempts, Tally.NONE, Resolution.NONE, event.reason(), ownsOutput && !event.disowned());
    }

    StepState reuse(StepReused event) {
        return with(new Resolution("", null, false, event.summary(), event.rows(), failure(), event))
                .runAgain("");
    }

    StepState skip(StepSkipped event) {
        return with(new Resolution(event.reason(), event.blockedBy(), event.removed(), null, null, failure(), null));
    }

    StepState cancel(String reason) {
        return with(Resolution.of(reason, failure()));
    }

    StepState fail(StepFailed event) {
        Failure last = failure();
        return with(Resolution.of(
                event.reason(), Failure.of(event.reason(), event.hint(), last == null ? "" : last.log())));
    }

    StepState submit(AttemptSubmitted event) {
        List<Attempt> next = new ArrayList<>(attempts);
        next.add(Attempt.of(event));
        return new StepState(retries, phase, next, tally, resolution, rerunReason, true);
    }

    StepState start(AttemptStarted event) {
        return update(attempts.size(), attempt -> attempt.started(event));
    }

    StepState succeed(AttemptSucceeded event) {
        return end(event, 0, 0).with(new Resolution("", null, false, event.summary(), event.rows(), null, null));
    }

    StepState failAttempt(AttemptEvent event) {
        StepState ended = end(event, tally.failures + 1, 0);
        return ended.with(Resolution.of("", ended.last().failure()));
    }

    StepState failFinally(AttemptEvent event) {
        StepState failed = failAttempt(event);
        Failure failure = Objects.requireNonNull(failed.failure());
        return failed.with(Resolution.of(failure.reason(), failure));
    }

    StepState loseAttempt(AttemptLost event) {
        return end(event, tally.failures, tally.consecutiveLosses + 1);
    }

    StepState loseFinally(AttemptLost event) {
        StepState lost = loseAttempt(event);
        String reason = "lost " + lost.tally.consecutiveLosses + " times in a row: " + event.reason();
        return lost.with(Resolution.of(reason, Failure.of(reason, "", "")));
    }

    StepState cancelAttempt(AttemptEvent event) {
        return end(event, tally.failures, 0);
    }

    StepState withdrawAttempt(AttemptEvent event) {
        return end(event, tally.failures, tally.consecutiveLosses);
    }

    private StepState end(AttemptEvent event, int failures, int losses) {
        StepState ended = update(attempts.size(), attempt -> attempt.ended(event));
        Duration elapsed = tally.elapsed.plus(ended.last().elapsed());
        return ended.with(new Tally(failures, losses, elapsed));
    }

    /** Adds the cause of an attempt's failure to the attempt, and to the step if it is the step's last failure. */
    StepState diagnose(AttemptDiagnosed event) {
        int number = event.attempt().number();
        Failure failure =
                number > attempts.size() ? null : attempts.get(number - 1).failure();
        if (failure == null) {
            throw new IllegalTransitionException("attempt " + event.attempt() + " has not failed");
        }
        Failure diagnosed = failure.withDiagnosis(event.diagnosis());
        StepState next = update(number, attempt -> attempt.with(diagnosed));
        return failure.equals(failure()) ? next.with(resolution.with(diagnosed)) : next;
    }

    /** Adds what Spark logged about an attempt. It has no effect on the step. */
    StepState profile(AttemptProfiled event) {
        int number = event.attempt().number();
        if (number > attempts.size() || attempts.get(number - 1).ended() == null) {
            throw new IllegalTransitionException("attempt " + event.attempt() + " has not ended");
        }
        return update(number, attempt -> attempt.with(event.profile()));
    }

    StepState recordCost(int attempt, Cost cost) {
        return attempt > attempts.size() ? this : update(attempt, ended -> ended.with(cost));
    }

    private StepState update(int attempt, UnaryOperator<Attempt> change) {
        List<Attempt> next = new ArrayList<>(attempts);
        next.set(attempt - 1, change.apply(next.get(attempt - 1)));
        return with(next);
    }

    /** Attempts that a previous executor lost do not count against the next one. */
    StepState resumed() {
        return with(new Tally(tally.failures, 0, tally.elapsed));
    }

    private Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    /** The number of attempts submitted in this run. The next attempt's number is one higher. */
    int submittedAttempts() {
        return attempts.size();
    }

    /** Whether the step fails for good at its next failure. */
    boolean isLastAttempt() {
        return tally.failures >= retries;
    }

    /** Whether the step fails for good when its next attempt is lost. */
    boolean isLastLoss() {
        return tally.consecutiveLosses + 1 >= MAX_CONSECUTIVE_LOSSES;
    }

    /** Whether an attempt of it has run in this run. */
    public boolean hasRun() {
        return attempts.stream().anyMatch(Attempt::counts);
    }

    /** The start of the running attempt; null when none is running. */
    public @Nullable Instant started() {
        return phase == StepPhase.RUNNING ? last().started() : null;
    }

    /** The total run time of all attempts since the last reset. */
    public Duration elapsed() {
        return tally.elapsed;
    }

    public String reason() {
        return resolution.reason;
    }

    /** Whether the user removed it. It stays removed, even from a run that has not begun, until the user selects it. */
    boolean isRemoved() {
        return resolution.removed;
    }

    public @Nullable StepName blockedBy() {
        return resolution.blockedBy;
    }

    public @Nullable OutputSummary summary() {
        return resolution.summary;
    }

    public @Nullable Long rows() {
        return resolution.rows;
    }

    public @Nullable Failure failure() {
        return resolution.failure;
    }

    public @Nullable StepReused reused() {
        return resolution.reused;
    }
}
