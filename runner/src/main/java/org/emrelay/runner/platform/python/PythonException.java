package org.emrelay.runner.platform.python;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** An interpreter is missing, or packages cannot be installed; the message contains the remedy. */
public final class PythonException extends RunnerException {
    private static final long serialVersionUID = 1L;

    PythonException(String message) {
        super(ExitCode.PLATFORM_FAILED, message);
    }
}
