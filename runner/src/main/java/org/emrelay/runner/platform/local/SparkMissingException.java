package org.emrelay.runner.platform.local;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** No compatible Spark or pyspark was found; the message contains the remedy. */
public final class SparkMissingException extends RunnerException {
    private static final long serialVersionUID = 1L;

    SparkMissingException(String message) {
        super(ExitCode.PLATFORM_FAILED, message);
    }
}
