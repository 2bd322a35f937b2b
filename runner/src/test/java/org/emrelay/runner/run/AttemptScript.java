package org.emrelay.runner.run;

/** What becomes of one attempt on the in-memory platform. */
public enum AttemptScript {
    SUCCEED,
    FAIL,
    /** It fails as a process does that got the terminal's Ctrl-C. */
    FAIL_BY_SIGNAL,
    /** It never ends by itself. */
    HANG,
    /** It ends well at the very moment in which it is to be stopped. */
    SUCCEED_WHEN_STOPPED,
    LOSE,
    WRITE_NOTHING,
    /** It ends well, and a half done commit stays behind. */
    WRITE_HALF,
    /** Somebody else cancels it. */
    BE_CANCELLED,
    /** It never gets its turn. */
    NEVER_START
}
