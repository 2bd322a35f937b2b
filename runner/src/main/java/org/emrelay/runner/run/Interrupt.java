package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.run.RunResult.Status;

/** Whether an execution is to stop before its steps have ended, and what that does to active attempts. Thread-safe. */
final class Interrupt {
    private final InterruptPolicy policy;
    private volatile boolean triggered;
    private volatile boolean overLimit;

    Interrupt(InterruptPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** By the user. */
    void trigger() {
        triggered = true;
    }

    /** The cluster has cost what it may cost: active attempts are cancelled, whatever an interrupt by the user would do. */
    void exceedLimit() {
        overLimit = true;
        triggered = true;
    }

    boolean isTriggered() {
        return triggered;
    }

    boolean isOverLimit() {
        return overLimit;
    }

    boolean cancels() {
        return triggered && (overLimit || policy == InterruptPolicy.CANCEL);
    }

    boolean detaches() {
        return triggered && !cancels();
    }

    /** The status of a run that was stopped. */
    Status status() {
        if (overLimit) {
            return Status.OVER_LIMIT;
        }
        return policy == InterruptPolicy.CANCEL ? Status.INTERRUPTED : Status.DETACHED;
    }
}
