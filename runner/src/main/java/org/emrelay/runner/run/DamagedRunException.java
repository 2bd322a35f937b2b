package org.emrelay.runner.run;

import java.io.IOException;

/** What is recorded of a run cannot be read: the message is one sentence for the user, with the file and the remedy. */
public final class DamagedRunException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedRunException(String message) {
        super(message);
    }
}
