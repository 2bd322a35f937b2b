package org.emrelay.runner.platform.aws.stream;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.jspecify.annotations.Nullable;

/** Firehose cannot accept or deliver posts until the user fixes the cause. */
public final class DeliveryException extends RunnerException {
    private static final long serialVersionUID = 1L;

    DeliveryException(String message, @Nullable Throwable cause) {
        super(ExitCode.PLATFORM_FAILED, message, cause);
    }
}
