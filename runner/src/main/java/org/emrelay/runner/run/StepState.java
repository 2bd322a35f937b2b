package org.emrelay.runner.run;

import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptEvent;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepEvent;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepReset;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepRunsAgain;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/** The immutable state of one step. Each event creates a new instance. */
public final class StepState {
    /** A step fails after this many lost attempts in a row. */
    static final int MAX_CONSECUTIVE_LOSSES = 3;

    private final int retries;
    private StepPhase phase = StepPhase.WAITING;
    private int submittedAttempts;
    private int withdrawnAttempts;
    private int lastStartedAttempt;
    private int previousStartedAttempt;
    private int failures;
    private int consecutiveLosses;
    private boolean ownsOutput;
    private String reason = "";
    private String rerunReason = "";
    private Duration elapsed = Duration.ZERO;
    private @Nullable Instant started;
    private @Nullable StepName blockedBy;
    private @Nullable OutputSummary summary;
    private @Nullable Long rows;
    private @Nullable Failure failure;
    private @Nullable StepReused reused;

    StepState(int retries) {
        this.retries = retries;
    }

    private StepState(StepState other) {
        retries = other.retries;
        phase = other.phase;
        submittedAttempts = other.submittedAttempts;
        withdrawnAttempts = other.withdrawnAttempts;
        lastStartedAttempt = other.lastStartedAttempt;
        previousStartedAttempt = other.previousStartedAttempt;
        failures = other.failures;
        consecutiveLosses = other.consecutiveLosses;
        ownsOutput = other.ownsOutput;
        reason = other.reason;
        rerunReason = other.rerunReason;
        elapsed = other.elapsed;
        started = other.started;
        blockedBy = other.blockedBy;
        summary = other.summary;
        rows = other.rows;
        failure = other.failure;
        reused = other.reused;
    }

    StepState after(StepEvent event) {
        StepState next = new StepState(this);
        if (event instanceof AttemptEvent attempt) {
            next.apply(attempt);
        } else {
            next.apply(event);
        }
        return next;
    }

    private void apply(StepEvent event) {
        if (event instanceof StepReset reset) {
            require(phase.isSettled(), event);
            reset(reset);
            return;
        }
        require(phase == StepPhase.WAITING, event);
        if (event instanceof StepRunsAgain rerun) {
            rerunReason = rerun.reason();
        } else if (event instanceof StepReused reuse) {
            phase = StepPhase.REUSED;
            reused = reuse;
            summary = reuse.summary();
            rows = reuse.rows();
            rerunReason = "";
        } else if (event instanceof StepSkipped skipped) {
            settle(StepPhase.SKIPPED, skipped.reason());
            blockedBy = skipped.blockedBy();
        } else if (event instanceof StepCancelled cancelled) {
            settle(StepPhase.CANCELLED, cancelled.reason());
        } else if (event instanceof StepFailed failed) {
            settle(StepPhase.FAILED, failed.reason());
            failure = Failure.of(failed.reason(), failed.hint(), failure == null ? "" : failure.log());
        } else {
            throw illegal(event);
        }
    }

    private void reset(StepReset reset) {
        phase = StepPhase.WAITING;
        failures = 0;
        consecutiveLosses = 0;
        ownsOutput = ownsOutput && !reset.disowned();
        reason = "";
        rerunReason = reset.reason();
        elapsed = Duration.ZERO;
        started = null;
        blockedBy = null;
        summary = null;
        rows = null;
        failure = null;
        reused = null;
    }

    private void settle(StepPhase settledPhase, String settledReason) {
        phase = settledPhase;
        reason = settledReason;
    }

    private void apply(AttemptEvent event) {
        if (event instanceof AttemptSubmitted) {
            require(phase == StepPhase.WAITING && event.attempt().number() == submittedAttempts + 1, event);
            submittedAttempts++;
            previousStartedAttempt = lastStartedAttempt;
            lastStartedAttempt = submittedAttempts;
            phase = StepPhase.SUBMITTED;
            started = null;
            ownsOutput = true;
            return;
        }
        require(phase.isActive() && event.attempt().number() == submittedAttempts, event);
        if (event instanceof AttemptStarted) {
            require(phase == StepPhase.SUBMITTED, event);
            phase = StepPhase.RUNNING;
            started = event.time();
            return;
        }
        elapsed = started == null ? elapsed : elapsed.plus(between(started, event.time()));
        end(event);
    }

    /** Never negative: the platform's clock may differ from the local one. */
    private static Duration between(Instant start, Instant end) {
        return end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }

    private void end(AttemptEvent event) {
        if (event instanceof AttemptSucceeded succeeded) {
            phase = StepPhase.DONE;
            summary = succeeded.summary();
            rows = succeeded.rows();
            failure = null;
        } else if (event instanceof AttemptFailed failed) {
            fail(failed.failure());
        } else if (event instanceof AttemptTimedOut timedOut) {
            fail(timedOut.failure());
        } else if (event instanceof AttemptLost lost) {
            lose(lost);
        } else if (event instanceof AttemptCancelled) {
            removeFromStarted(phase == StepPhase.SUBMITTED);
            phase = StepPhase.WAITING;
            consecutiveLosses = 0;
        } else if (event instanceof AttemptWithdrawn) {
            require(phase == StepPhase.SUBMITTED, event);
            removeFromStarted(true);
            phase = StepPhase.WAITING;
        } else {
            throw illegal(event);
        }
    }

    private void removeFromStarted(boolean neverStarted) {
        if (neverStarted) {
            withdrawnAttempts++;
            lastStartedAttempt = previousStartedAttempt;
        }
    }

    private void fail(Failure newFailure) {
        failures++;
        consecutiveLosses = 0;
        failure = newFailure;
        if (failures > retries) {
            settle(StepPhase.FAILED, newFailure.reason());
        } else {
            phase = StepPhase.WAITING;
        }
    }

    private void lose(AttemptLost lost) {
        consecutiveLosses++;
        phase = StepPhase.WAITING;
        if (consecutiveLosses >= MAX_CONSECUTIVE_LOSSES) {
            settle(StepPhase.FAILED, "lost " + consecutiveLosses + " times in a row: " + lost.reason());
            failure = Failure.of(reason, "", "");
        }
    }

    /** Attempts that a previous executor lost do not count against the next one. */
    StepState resumed() {
        StepState next = new StepState(this);
        next.consecutiveLosses = 0;
        return next;
    }

    private void require(boolean allowed, StepEvent event) {
        if (!allowed) {
            throw illegal(event);
        }
    }

    private IllegalTransitionException illegal(StepEvent event) {
        String subject =
                event instanceof AttemptEvent attempt ? "attempt " + attempt.attempt() : "step " + event.step();
        return new IllegalTransitionException(event.getClass().getSimpleName() + " of " + subject
                + " is not allowed: the step is " + phase + " after " + submittedAttempts + " attempts");
    }

    public StepPhase phase() {
        return phase;
    }

    /**
     * The number of attempts submitted in this run, including those before a reset. The next attempt's number is
     * one higher.
     */
    int submittedAttempts() {
        return submittedAttempts;
    }

    /** The number of attempts that were not withdrawn before they started. */
    public int startedAttempts() {
        return submittedAttempts - withdrawnAttempts;
    }

    /** The number of the last attempt that was not withdrawn before it started; 0 when there is none. */
    public int lastStartedAttempt() {
        return lastStartedAttempt;
    }

    /** Whether the step fails for good at its next failure. */
    boolean isLastAttempt() {
        return failures >= retries;
    }

    /** The start of the running attempt; null when none is running. */
    public @Nullable Instant started() {
        return phase == StepPhase.RUNNING ? started : null;
    }

    /** The total run time of all attempts. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Why the step failed, was skipped or was cancelled; else empty. */
    public String reason() {
        return reason;
    }

    /** Why the step runs although it had a result; else empty. */
    public String rerunReason() {
        return rerunReason;
    }

    /** The failed step that blocks this one, or null. */
    public @Nullable StepName blockedBy() {
        return blockedBy;
    }

    /** The files of the result; null when there is none or the step wrote nothing. */
    public @Nullable OutputSummary summary() {
        return summary;
    }

    public @Nullable Long rows() {
        return rows;
    }

    /** The last failure, also while the step is being retried. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** The reuse event of the result; null when the result is the step's own. */
    public @Nullable StepReused reused() {
        return reused;
    }

    /** Whether this run wrote, or began to write, the data at the output URI. */
    boolean ownsOutput() {
        return ownsOutput;
    }
}
