package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.run.RunResult.Status;

/** Whether the user has interrupted the run, and the policy that applies then. Thread-safe. */
final class Interrupt {
    private final InterruptPolicy policy;
    private volatile boolean triggered;

    Interrupt(InterruptPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    void trigger() {
        triggered = true;
    }

    boolean isTriggered() {
        return triggered;
    }

    boolean cancels() {
        return triggered && policy == InterruptPolicy.CANCEL;
    }

    boolean detaches() {
        return triggered && policy == InterruptPolicy.DETACH;
    }

    /** The status of a run that an interrupt ended. */
    Status status() {
        return policy == InterruptPolicy.CANCEL ? Status.INTERRUPTED : Status.DETACHED;
    }
}
