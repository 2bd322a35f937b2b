package org.emrelay.runner.run;

import java.io.IOException;

/** Another process works on the run. The message names the process, if known, and the remedy. */
public final class RunLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    RunLockedException(String message) {
        super(message);
    }
}
