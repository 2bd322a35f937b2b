package org.emrelay.runner.platform.local;

import java.time.Instant;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** How far one attempt has come. Its user holds a lock. */
final class LocalAttempt {
    private final RunId run;
    private final AttemptRequest launch;
    private final ResourceAllocation allotment;

    private boolean cancelled;
    private @Nullable StepChild child;
    private @Nullable Instant started;
    private @Nullable Instant ended;
    private @Nullable StepOutcome outcome;

    LocalAttempt(RunId run, AttemptRequest launch, ResourceAllocation allotment) {
        this.run = run;
        this.launch = launch;
        this.allotment = allotment;
    }

    RunId run() {
        return run;
    }

    AttemptRequest launch() {
        return launch;
    }

    AttemptId id() {
        return launch.attempt();
    }

    ResourceAllocation allotment() {
        return allotment;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean hasEnded() {
        return outcome != null;
    }

    void start(StepChild process, Instant now) {
        child = process;
        started = now;
        if (cancelled) {
            process.stop();
        }
    }

    /** Stops its process, or the one that it is just being given. */
    void cancel() {
        if (!cancelled && !hasEnded()) {
            cancelled = true;
            if (child != null) {
                child.stop();
            }
        }
    }

    void end(StepOutcome how, Instant now) {
        outcome = how;
        ended = now;
    }

    AttemptStatus status(String waitsFor) {
        return new AttemptStatus(id(), started, ended, outcome, started == null && outcome == null ? waitsFor : "");
    }
}
