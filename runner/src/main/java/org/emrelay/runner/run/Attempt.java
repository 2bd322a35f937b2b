package org.emrelay.runner.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptEvent;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step, as journalled.
 *
 * @param started null if it has not started
 * @param ended null if it has not ended
 * @param reason why it was cancelled or lost; else empty
 * @param failure null if it did not fail
 * @param cost what the cluster had cost when it ended; null if unknown
 * @param profile what Spark logged about it; null until that was read
 */
public record Attempt(
        AttemptId id,
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant ended,
        State state,
        PlatformStep platformStep,
        String reason,
        @Nullable Failure failure,
        @Nullable Cost cost,
        @Nullable ProfileReading profile) {

    /** How far an attempt has come, or how it ended. */
    public enum State {
        SUBMITTED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        /** It never started, because one queued before it failed. */
        WITHDRAWN,
        /** It ended with the process, node or cluster that ran it. */
        LOST
    }

    public Attempt {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(submitted, "submitted");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(platformStep, "platformStep");
        Objects.requireNonNull(reason, "reason");
    }

    static Attempt of(AttemptSubmitted event) {
        return new Attempt(
                event.attempt(), event.time(), null, null, State.SUBMITTED, PlatformStep.UNKNOWN, "", null, null, null);
    }

    Attempt started(AttemptStarted event) {
        return new Attempt(
                id, submitted, event.time(), null, State.RUNNING, event.platformStep(), reason, failure, cost, profile);
    }

    Attempt ended(AttemptEvent event) {
        State end = State.WITHDRAWN;
        String why = "";
        Failure newFailure = null;
        if (event instanceof AttemptSucceeded) {
            end = State.SUCCEEDED;
        } else if (event instanceof AttemptFailed failed) {
            end = State.FAILED;
            newFailure = failed.failure();
        } else if (event instanceof AttemptTimedOut timedOut) {
            end = State.TIMED_OUT;
            newFailure = timedOut.failure();
        } else if (event instanceof AttemptLost lost) {
            end = State.LOST;
            why = lost.reason();
        } else if (event instanceof AttemptCancelled cancelled) {
            end = State.CANCELLED;
            why = cancelled.reason();
        }
        return new Attempt(id, submitted, started, event.time(), end, platformStep, why, newFailure, cost, profile);
    }

    Attempt with(Failure detailedFailure) {
        return new Attempt(id, submitted, started, ended, state, platformStep, reason, detailedFailure, cost, profile);
    }

    Attempt with(Cost costAtEnd) {
        return new Attempt(id, submitted, started, ended, state, platformStep, reason, failure, costAtEnd, profile);
    }

    Attempt with(ProfileReading reading) {
        return new Attempt(id, submitted, started, ended, state, platformStep, reason, failure, cost, reading);
    }

    /** Adds what the journal does not say of it. */
    Attempt completed(PlatformStep found) {
        PlatformStep step = log().isEmpty() ? found : new PlatformStep(found.stepId(), log());
        return new Attempt(id, submitted, started, ended, state, step, reason, failure, cost, profile);
    }

    /** Whether it counts as an attempt of the step: one that ended before it started does not. */
    boolean counts() {
        return state != State.WITHDRAWN && (state != State.CANCELLED || started != null);
    }

    /** Whether it has started, but the journal does not say as which step of the platform. */
    public boolean isFromEarlierVersion() {
        return started != null && platformStep.equals(PlatformStep.UNKNOWN);
    }

    /** The location of its log; empty if unknown. */
    public String log() {
        return platformStep.log().isEmpty() && failure != null ? failure.log() : platformStep.log();
    }

    /** Never negative: the platform's clock may differ from the local one. */
    public Duration elapsed() {
        return started == null || ended == null || ended.isBefore(started)
                ? Duration.ZERO
                : Duration.between(started, ended);
    }
}
