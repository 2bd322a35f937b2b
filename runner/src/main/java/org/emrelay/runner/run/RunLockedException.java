package org.emrelay.runner.run;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** Another process works on the run. The message names the process, if known, and the remedy. */
public final class RunLockedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    RunLockedException(String message) {
        super(ExitCode.REFUSED, message);
    }
}
