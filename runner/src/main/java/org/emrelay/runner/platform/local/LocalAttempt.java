package org.emrelay.runner.platform.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** The state of one attempt. Not thread-safe: the caller holds a lock. */
final class LocalAttempt {
    private final RunId run;
    private final AttemptRequest request;
    private final ResourceAllocation allocation;

    private boolean cancelled;
    private @Nullable StepChild child;
    private @Nullable Instant started;
    private long startedNanos;
    private @Nullable Instant ended;
    private @Nullable StepOutcome outcome;
    private @Nullable Diagnosis diagnosis;

    LocalAttempt(RunId run, AttemptRequest request, ResourceAllocation allocation) {
        this.run = run;
        this.request = request;
        this.allocation = allocation;
    }

    RunId run() {
        return run;
    }

    AttemptRequest request() {
        return request;
    }

    AttemptId id() {
        return request.attempt();
    }

    ResourceAllocation allocation() {
        return allocation;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean hasEnded() {
        return outcome != null;
    }

    /** @param nanos monotonic time, from which {@link #runningTime} counts */
    void start(StepChild process, Instant now, long nanos) {
        child = process;
        started = now;
        startedNanos = nanos;
        if (cancelled) {
            process.stop();
        }
    }

    /** Stops the process, or marks the attempt so that a process still being started is stopped. */
    void cancel() {
        if (!cancelled && !hasEnded()) {
            cancelled = true;
            if (child != null) {
                child.stop();
            }
        }
    }

    void end(StepOutcome outcome, @Nullable Diagnosis diagnosis, Instant now) {
        this.outcome = outcome;
        this.diagnosis = diagnosis;
        ended = now;
    }

    Duration runningTime(long nanos) {
        return started == null ? Duration.ZERO : Duration.ofNanos(nanos - startedNanos);
    }

    Optional<Diagnosis> diagnosis() {
        return Optional.ofNullable(diagnosis);
    }

    AttemptStatus status(String pendingReason) {
        return new AttemptStatus(
                id(), started, ended, outcome, started == null && outcome == null ? pendingReason : "");
    }
}
