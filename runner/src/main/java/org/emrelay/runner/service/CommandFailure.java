package org.emrelay.runner.service;

import java.util.Objects;

/** Ends a command with an exit code and one message for the user: what went wrong, and the remedy. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.REFUSED, message);
    }

    static CommandFailure platform(String message) {
        return new CommandFailure(ExitCode.PLATFORM_FAILED, message);
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
