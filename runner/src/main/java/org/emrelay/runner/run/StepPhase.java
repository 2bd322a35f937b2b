package org.emrelay.runner.run;

/** The phase of a step within its run. */
public enum StepPhase {
    /** Not submitted yet, or to be submitted again. */
    WAITING,
    /** Submitted to the platform but not started. */
    SUBMITTED,
    RUNNING,
    DONE,
    /** The result of a previous run is used instead of running the step. */
    REUSED,
    FAILED,
    SKIPPED,
    CANCELLED;

    /** Whether an attempt is submitted or running. */
    public boolean isActive() {
        return this == SUBMITTED || this == RUNNING;
    }

    /** Whether there is a result that downstream steps can read. */
    public boolean hasResult() {
        return this == DONE || this == REUSED;
    }

    public boolean isSettled() {
        return this != WAITING && !isActive();
    }
}
