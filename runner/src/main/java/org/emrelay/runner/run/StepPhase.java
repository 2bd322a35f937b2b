package org.emrelay.runner.run;

/** Where a step stands in its run. */
public enum StepPhase {
    /** Its turn has not come, or comes again. */
    WAITING,
    /** Handed to the platform, which has not begun it. */
    SUBMITTED,
    RUNNING,
    DONE,
    /** An earlier run's result stands for its own. */
    REUSED,
    FAILED,
    SKIPPED,
    CANCELLED;

    /** Whether an attempt is in the platform's hands. */
    public boolean isActive() {
        return this == SUBMITTED || this == RUNNING;
    }

    /** Whether there is a result that later steps may read. */
    public boolean hasResult() {
        return this == DONE || this == REUSED;
    }

    public boolean isSettled() {
        return this != WAITING && !isActive();
    }
}
