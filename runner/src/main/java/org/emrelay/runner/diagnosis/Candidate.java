package org.emrelay.runner.diagnosis;

import org.emrelay.runner.diagnosis.Finding.Certainty;

/**
 * A log record that may be the root cause.
 *
 * @param inTask whether it is about a task of a stage
 * @param launcherFrame the first stack frame of Spark's launcher, which tells failures of the launcher from those of the program; may be
 *     empty
 */
record Candidate(Relevance relevance, Certainty certainty, RootCause cause, boolean inTask, String launcherFrame) {

    /** How likely a log record is the root cause, ascending. Among equals the last record wins, but the first report. */
    enum Relevance {
        /** A stack trace logged at INFO or during shutdown. */
        INCIDENTAL,
        WARNING,
        /** A report that the application failed. */
        STATUS_REPORT,
        /** A report that the program ended itself. */
        EXIT,
        ERROR_MESSAGE,
        /** A report that something else failed, whose own record is the cause. */
        CONSEQUENCE,
        /** A failed task attempt, or a stack trace printed without a log level. */
        TASK_ATTEMPT,
        ERROR,
        /** The failure that ended the program: thrown from main, or the final message of an interpreter or a launcher. */
        FATAL;

        /** Whether it only says that the program ended. The first report is the most detailed one. */
        boolean isReport() {
            return this == STATUS_REPORT || this == EXIT;
        }

        private Certainty certainty() {
            return switch (this) {
                case STATUS_REPORT -> Certainty.STATUS_REPORT;
                case INCIDENTAL, WARNING -> Certainty.INCIDENTAL;
                case EXIT -> Certainty.EXIT;
                case ERROR_MESSAGE, CONSEQUENCE -> Certainty.MESSAGE;
                case TASK_ATTEMPT, ERROR -> Certainty.EXCEPTION;
                case FATAL -> Certainty.FINAL;
            };
        }
    }

    static Candidate of(Relevance relevance, RootCause cause, boolean inTask, String launcherFrame) {
        Certainty certainty = cause.text().contains("java.lang.OutOfMemoryError")
                ? Certainty.FINAL
                : ProcessExit.find(cause.text())
                        .map(exit -> exit.kind().certainty)
                        .orElseGet(relevance::certainty);
        return new Candidate(relevance, certainty, cause, inTask, launcherFrame);
    }
}
