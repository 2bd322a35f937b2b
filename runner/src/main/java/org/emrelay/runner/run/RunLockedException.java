package org.emrelay.runner.run;

import java.io.IOException;

/** Somebody else is at work on the run; the message names them as far as they are known, and says what to do. */
public final class RunLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    RunLockedException(String message) {
        super(message);
    }
}
