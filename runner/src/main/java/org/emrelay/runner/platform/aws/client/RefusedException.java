package org.emrelay.runner.platform.aws.client;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** A guard refuses the operation, such as a name that is taken. The message names the guard and the remedy. */
public final class RefusedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(ExitCode.REFUSED, message);
    }
}
