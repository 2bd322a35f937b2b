package org.emrelay.runner.platform.aws.resource;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.jspecify.annotations.Nullable;

/** The creation of a cluster or stream failed. The message gives the AWS error and the result of the rollback. */
public final class CreationException extends RunnerException {
    private static final long serialVersionUID = 1L;

    public CreationException(String message, @Nullable Throwable cause) {
        super(ExitCode.PLATFORM_FAILED, message, cause);
    }
}
