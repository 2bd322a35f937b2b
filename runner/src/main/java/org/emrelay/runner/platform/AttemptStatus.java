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
 */
public record AttemptStatus(
        AttemptId attempt,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable StepOutcome outcome,
        String pendingReason) {
    public AttemptStatus {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(pendingReason, "pendingReason");
    }

    public boolean hasEnded() {
        return outcome != null;
    }
}
