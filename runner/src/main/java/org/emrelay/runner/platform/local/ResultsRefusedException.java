package org.emrelay.runner.platform.local;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** Results cannot be stored in a directory without loss. */
final class ResultsRefusedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    ResultsRefusedException(String message) {
        super(ExitCode.REFUSED, message);
    }
}
