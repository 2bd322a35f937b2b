package org.emrelay.runner.model;

/** The exit codes of the process. Scripts branch on them: they are a contract. */
public enum ExitCode {
    DONE(0),
    /** A step failed. */
    STEP_FAILED(1),
    /** The command line is invalid. */
    USAGE(2),
    /** One of the user's files is invalid. */
    INVALID_FILE(3),
    /** The platform (AWS, Spark) failed. */
    PLATFORM_FAILED(4),
    /** A lock or a guard refused the command. */
    REFUSED(5),
    /** A bug in Emrelay. */
    INTERNAL(70),
    /** Ctrl-C. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
