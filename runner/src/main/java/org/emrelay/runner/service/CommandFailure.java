package org.emrelay.runner.service;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** A command cannot be executed as requested. */
public final class CommandFailure extends RunnerException {
    private static final long serialVersionUID = 1L;

    private CommandFailure(ExitCode exitCode, String message) {
        super(exitCode, message);
    }

    public static CommandFailure of(ExitCode exitCode, String message) {
        return new CommandFailure(exitCode, message);
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    public static CommandFailure invalidFile(String message) {
        return new CommandFailure(ExitCode.INVALID_FILE, message);
    }

    public static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.REFUSED, message);
    }

    public static CommandFailure platform(String message) {
        return new CommandFailure(ExitCode.PLATFORM_FAILED, message);
    }
}
