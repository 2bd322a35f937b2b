package org.emrelay.runner.stream;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** Another process runs the stream. */
public final class StreamLockedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    StreamLockedException(String message) {
        super(ExitCode.REFUSED, message);
    }
}
