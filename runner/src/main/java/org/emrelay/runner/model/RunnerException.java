package org.emrelay.runner.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command with an exit code and one message for the user.
 *
 * <p>The message says what went wrong, and the remedy. All failures that Emrelay itself reports extend this class; any other exception
 * than an {@link java.io.IOException} is a bug.
 */
public abstract class RunnerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    protected RunnerException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    protected RunnerException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
    }

    public final ExitCode exitCode() {
        return exitCode;
    }

    /** {@link #getMessage()}, never null. */
    public final String message() {
        return Objects.requireNonNull(getMessage(), "checked on construction");
    }
}
