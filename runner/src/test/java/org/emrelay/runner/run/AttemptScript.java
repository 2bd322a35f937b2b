package org.emrelay.runner.run;

/** The scripted outcome of one attempt on the in-memory platform. */
public enum AttemptScript {
    SUCCEED,
    FAIL,
    /** Fails like a process that received SIGINT from the terminal. */
    FAIL_WITH_SIGINT,
    /** Never ends by itself. */
    HANG,
    /** Succeeds at the moment it is stopped. */
    SUCCEED_WHEN_STOPPED,
    LOSE,
    WRITE_NOTHING,
    /** Succeeds but leaves an unfinished commit. */
    WRITE_PARTIALLY,
    /** Is cancelled outside the runner. */
    CANCEL_EXTERNALLY,
    /** Stays queued. */
    NEVER_START
}
