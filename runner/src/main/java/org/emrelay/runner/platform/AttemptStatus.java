package org.emrelay.runner.platform;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of an attempt, as reported by its platform.
 *
 * @param started null while it is pending
 * @param outcome null until it has ended
 * @param pendingReason why it has not started, as a message for the user; empty if unknown or not pending
 * @param step what it is on the platform
 * @param tasks null where the platform does not know, or no stage is active
 */
public record AttemptStatus(
        AttemptId attempt,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable StepOutcome outcome,
        String pendingReason,
        PlatformStep step,
        @Nullable TaskProgress tasks) {
    public AttemptStatus {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(pendingReason, "pendingReason");
        Objects.requireNonNull(step, "step");
    }

    /** A status of an attempt of which nothing else is known. */
    public AttemptStatus(
            AttemptId attempt,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable StepOutcome outcome,
            String pendingReason) {
        this(attempt, started, ended, outcome, pendingReason, PlatformStep.UNKNOWN, null);
    }

    public AttemptStatus with(PlatformStep other) {
        return new AttemptStatus(attempt, started, ended, outcome, pendingReason, other, tasks);
    }

    /** The same status with the progress of its tasks. */
    public AttemptStatus with(@Nullable TaskProgress progress) {
        return new AttemptStatus(attempt, started, ended, outcome, pendingReason, step, progress);
    }

    public boolean hasEnded() {
        return outcome != null;
    }
}
