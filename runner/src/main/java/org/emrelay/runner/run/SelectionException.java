package org.emrelay.runner.run;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** The selected steps cannot run. The message gives the reason and the remedy. */
public final class SelectionException extends RunnerException {
    private static final long serialVersionUID = 1L;

    SelectionException(String message) {
        super(ExitCode.USAGE, message);
    }
}
