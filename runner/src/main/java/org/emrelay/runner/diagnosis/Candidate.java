package org.emrelay.runner.diagnosis;

/**
 * A log record that may be the root cause.
 *
 * @param userFault whether the message is a UserFault's, which contains its own remedy
 */
record Candidate(
        Relevance relevance,
        String text,
        String context,
        int firstLine,
        int lastLine,
        boolean inTask,
        boolean userFault) {

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

    String message() {
        return context.isEmpty() ? text : text + "\n" + context;
    }
}
