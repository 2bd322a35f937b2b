package org.emrelay.runner.cli;

/** What the process tells its caller; scripts branch on these, so they are a contract. */
enum ExitCode {
    DONE(0),
    /** A step failed: the pipeline's fault, not the runner's. */
    STEP_FAILED(1),
    /** The command line makes no sense. */
    USAGE(2),
    /** One of the user's files is invalid. */
    INVALID_FILE(3),
    /** What should carry the steps out said no. */
    PLATFORM_FAILED(4),
    /** A lock or a guard stands in the way. */
    REFUSED(5),
    /** A bug of ours. */
    INTERNAL(70),
    /** Ctrl-C. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
