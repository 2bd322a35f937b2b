package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.run.RunResult.Status;

/** Whether a run's user has asked for an end, and what is meant by it. Any thread may ask. */
final class Interrupt {
    private final InterruptPolicy meaning;
    private volatile boolean happened;

    Interrupt(InterruptPolicy meaning) {
        this.meaning = Objects.requireNonNull(meaning, "meaning");
    }

    void happens() {
        happened = true;
    }

    boolean hasHappened() {
        return happened;
    }

    boolean cancels() {
        return happened && meaning == InterruptPolicy.CANCEL;
    }

    boolean detaches() {
        return happened && meaning == InterruptPolicy.DETACH;
    }

    /** Of a run that ended by it. */
    Status status() {
        return meaning == InterruptPolicy.CANCEL ? Status.INTERRUPTED : Status.DETACHED;
    }
}
