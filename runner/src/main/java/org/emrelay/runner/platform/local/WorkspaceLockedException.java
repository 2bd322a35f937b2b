package org.emrelay.runner.platform.local;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** Another process holds the workspace lock; the message names it. */
public final class WorkspaceLockedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    WorkspaceLockedException(String message) {
        super(ExitCode.REFUSED, message);
    }
}
