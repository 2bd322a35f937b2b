package org.emrelay.runner.run;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** The record of a run cannot be read. The message names the file and the remedy. */
public final class CorruptRunException extends RunnerException {
    private static final long serialVersionUID = 1L;

    CorruptRunException(String message) {
        super(ExitCode.INVALID_FILE, message);
    }
}
