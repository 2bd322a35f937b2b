package org.emrelay.runner.platform;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a platform knows of one attempt.
 *
 * @param started null while it waits for its turn
 * @param outcome null until it has ended
 * @param waitsFor why it has not started, for people; empty when there is nothing to say
 */
public record AttemptStatus(
        AttemptId attempt,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable StepOutcome outcome,
        String waitsFor) {
    public AttemptStatus {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(waitsFor, "waitsFor");
    }

    public boolean hasEnded() {
        return outcome != null;
    }
}
