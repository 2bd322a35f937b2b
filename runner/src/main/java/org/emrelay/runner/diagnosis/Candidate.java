package org.emrelay.runner.diagnosis;

/**
 * A log record that may be the root cause.
 *
 * @param inTask whether it is about a task of a stage
 */
record Candidate(Relevance relevance, RootCause cause, boolean inTask) {

    /** How likely a log record is the root cause, ascending. Among equals the last record wins. */
    enum Relevance {
        /** A stack trace logged at INFO or during shutdown. */
        INCIDENTAL,
        WARNING,
        ERROR_MESSAGE,
        /** A report that something else failed, whose own record is the cause. */
        CONSEQUENCE,
        /** A failed task attempt, or a stack trace printed without a log level. */
        TASK_ATTEMPT,
        ERROR,
        /** The failure that ended the program: thrown from main, or the final message of an interpreter or a launcher. */
        FATAL
    }
}
