package org.emrelay.runner.run;

import java.time.Instant;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** One attempt of an {@link InMemoryPlatform}, which changes its state. */
final class InMemoryAttempt {
    final AttemptRequest request;
    final AttemptScript script;

    @Nullable
    Instant started;

    @Nullable
    Instant ended;

    @Nullable
    StepOutcome outcome;

    boolean stopping;

    InMemoryAttempt(AttemptRequest request, AttemptScript script) {
        this.request = request;
        this.script = script;
    }

    boolean isRunning() {
        return started != null && outcome == null;
    }

    AttemptStatus status(RunId run) {
        return new AttemptStatus(
                request.attempt(),
                started,
                ended,
                outcome,
                started == null ? "a free core" : "",
                new PlatformStep("id of " + request.attempt(), "memory:/logs/" + run + "/" + request.attempt()),
                null);
    }
}
