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

/** What has become of one step so far. It never changes: each event makes another one of it. */
public final class StepState {
    /** A step whose attempts vanish this often one after another is not tried any more. */
    static final int MOST_LOST_IN_A_ROW = 3;

    private final int retries;
    private StepPhase phase = StepPhase.WAITING;
    private int attempts;
    private int untried;
    private int lastTried;
    private int triedBefore;
    private int failures;
    private int lostInARow;
    private boolean ownsOutput;
    private String reason = "";
    private String runsAgain = "";
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
        attempts = other.attempts;
        untried = other.untried;
        lastTried = other.lastTried;
        triedBefore = other.triedBefore;
        failures = other.failures;
        lostInARow = other.lostInARow;
        ownsOutput = other.ownsOutput;
        reason = other.reason;
        runsAgain = other.runsAgain;
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
            waitAgain(reset);
            return;
        }
        require(phase == StepPhase.WAITING, event);
        if (event instanceof StepRunsAgain again) {
            runsAgain = again.reason();
        } else if (event instanceof StepReused taken) {
            phase = StepPhase.REUSED;
            reused = taken;
            summary = taken.summary();
            rows = taken.rows();
            runsAgain = "";
        } else if (event instanceof StepSkipped skipped) {
            settle(StepPhase.SKIPPED, skipped.reason());
            blockedBy = skipped.blockedBy();
        } else if (event instanceof StepCancelled cancelled) {
            settle(StepPhase.CANCELLED, cancelled.reason());
        } else if (event instanceof StepFailed failed) {
            settle(StepPhase.FAILED, failed.reason());
            failure = Failure.of(failed.reason(), failed.hint(), failure == null ? "" : failure.log());
        } else {
            throw refused(event);
        }
    }

    private void waitAgain(StepReset reset) {
        phase = StepPhase.WAITING;
        failures = 0;
        lostInARow = 0;
        ownsOutput = ownsOutput && !reset.disowned();
        reason = "";
        runsAgain = reset.reason();
        elapsed = Duration.ZERO;
        started = null;
        blockedBy = null;
        summary = null;
        rows = null;
        failure = null;
        reused = null;
    }

    private void settle(StepPhase settled, String why) {
        phase = settled;
        reason = why;
    }

    private void apply(AttemptEvent event) {
        if (event instanceof AttemptSubmitted) {
            require(phase == StepPhase.WAITING && event.attempt().number() == attempts + 1, event);
            attempts++;
            triedBefore = lastTried;
            lastTried = attempts;
            phase = StepPhase.SUBMITTED;
            started = null;
            ownsOutput = true;
            return;
        }
        require(phase.isActive() && event.attempt().number() == attempts, event);
        if (event instanceof AttemptStarted) {
            require(phase == StepPhase.SUBMITTED, event);
            phase = StepPhase.RUNNING;
            started = event.time();
            return;
        }
        elapsed = started == null ? elapsed : elapsed.plus(between(started, event.time()));
        end(event);
    }

    /** A platform's clock may differ from this machine's. */
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
            leaveUntried(phase == StepPhase.SUBMITTED);
            phase = StepPhase.WAITING;
            lostInARow = 0;
        } else if (event instanceof AttemptWithdrawn) {
            require(phase == StepPhase.SUBMITTED, event);
            leaveUntried(true);
            phase = StepPhase.WAITING;
        } else {
            throw refused(event);
        }
    }

    private void leaveUntried(boolean neverStarted) {
        if (neverStarted) {
            untried++;
            lastTried = triedBefore;
        }
    }

    private void fail(Failure why) {
        failures++;
        lostInARow = 0;
        failure = why;
        if (failures > retries) {
            settle(StepPhase.FAILED, why.reason());
        } else {
            phase = StepPhase.WAITING;
        }
    }

    private void lose(AttemptLost lost) {
        lostInARow++;
        phase = StepPhase.WAITING;
        if (lostInARow >= MOST_LOST_IN_A_ROW) {
            settle(StepPhase.FAILED, "was lost " + lostInARow + " times in a row: " + lost.reason());
            failure = Failure.of(reason, "", "");
        }
    }

    /** What an earlier executor lost says nothing about how the next one will fare. */
    StepState takenUp() {
        StepState next = new StepState(this);
        next.lostInARow = 0;
        return next;
    }

    private void require(boolean allowed, StepEvent event) {
        if (!allowed) {
            throw refused(event);
        }
    }

    private IllegalTransitionException refused(StepEvent event) {
        String what = event instanceof AttemptEvent attempt ? "attempt " + attempt.attempt() : "step " + event.step();
        return new IllegalTransitionException(event.getClass().getSimpleName() + " of " + what
                + " cannot follow: it is " + phase + " after " + attempts + " attempts");
    }

    public StepPhase phase() {
        return phase;
    }

    /** How many attempts this run has handed over, those before a reset among them: the next one's number is one more. */
    int attempts() {
        return attempts;
    }

    /** How many of them were tried: one that was taken back before it started says nothing of the step. */
    public int tries() {
        return attempts - untried;
    }

    /** The number of the last attempt that was tried; 0 when none was. */
    public int lastTried() {
        return lastTried;
    }

    /** Whether one more failure is its last. */
    boolean isLastTry() {
        return failures >= retries;
    }

    /** When the attempt that runs now started; null while none does. */
    public @Nullable Instant started() {
        return phase == StepPhase.RUNNING ? started : null;
    }

    /** How long its attempts ran, together. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Why it failed, is skipped or cancelled; else empty. */
    public String reason() {
        return reason;
    }

    /** Why it runs although a result of it was there; empty when there was none. */
    public String runsAgain() {
        return runsAgain;
    }

    /** The failed step that keeps it from running; null when none does. */
    public @Nullable StepName blockedBy() {
        return blockedBy;
    }

    /** What its result consists of; null when it has none or wrote nothing. */
    public @Nullable OutputSummary summary() {
        return summary;
    }

    public @Nullable Long rows() {
        return rows;
    }

    /** Its last failure, also while it is tried again. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Where its result was taken from; null when it is its own. */
    public @Nullable StepReused reused() {
        return reused;
    }

    /** Whether what lies at its output's place was begun by this run. */
    boolean ownsOutput() {
        return ownsOutput;
    }
}
