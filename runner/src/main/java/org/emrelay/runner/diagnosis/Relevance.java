package org.emrelay.runner.diagnosis;

/** How likely a record tells why the step died, from the least to the most; among equals the last one counts. */
enum Relevance {
    /** A trace that was logged in passing, or while everything stopped anyway. */
    ASIDE,
    WARNING,
    ERROR_SENTENCE,
    /** Tells that something else failed: true, but what failed says more. */
    CONSEQUENCE,
    /** A task's attempt, or a stack that nobody gave a level. */
    ATTEMPT,
    ERROR,
    /** What ended the program: thrown out of main, an interpreter's or a launcher's last word. */
    DEATH
}
