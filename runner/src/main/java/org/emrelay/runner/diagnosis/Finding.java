package org.emrelay.runner.diagnosis;

import java.util.Objects;

/** The cause found in one of several logs, and how well it explains the failure. */
public record Finding(Cause cause, Certainty certainty) {
    /** How well a cause explains the failure, ascending. Of several logs, the first with the highest certainty has the cause. */
    public enum Certainty {
        /** Only a report that the application failed. */
        STATUS_REPORT,
        /** An exception that was handled or occurred during shutdown. */
        INCIDENTAL,
        /** The program ended itself and left no exception. */
        EXIT,
        /** An error message without a stack trace. */
        MESSAGE,
        /** An exception that failed a task or the program. */
        EXCEPTION,
        /** A container exited or was killed: its own log may say why. */
        LOST_PROCESS,
        /** Nothing explains more: the last words of a process, or YARN's reason for killing it. */
        FINAL
    }

    public Finding {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(certainty, "certainty");
    }

    /** Whether no other log needs to be searched. */
    public boolean isConclusive() {
        return certainty == Certainty.EXCEPTION || certainty == Certainty.FINAL;
    }

    /** Whether the cause may be in another log of the program, such as the stdout of a Python script. */
    public boolean mayBeInAnotherLog() {
        return certainty == Certainty.STATUS_REPORT || certainty == Certainty.EXIT;
    }
}
