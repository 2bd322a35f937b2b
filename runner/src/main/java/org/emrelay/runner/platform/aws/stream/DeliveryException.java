package org.emrelay.runner.platform.aws.stream;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.jspecify.annotations.Nullable;

/** Firehose cannot take or deliver posts, and will not before the user changes something. */
public final class DeliveryException extends RunnerException {
    private static final long serialVersionUID = 1L;

    DeliveryException(String message, @Nullable Throwable cause) {
        super(ExitCode.PLATFORM_FAILED, message, cause);
    }
}
