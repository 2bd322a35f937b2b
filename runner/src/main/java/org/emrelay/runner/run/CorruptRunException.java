package org.emrelay.runner.run;

import java.io.IOException;

/** What is recorded of a run cannot be read: the message is one sentence for the user, with the file and the remedy. */
public final class CorruptRunException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptRunException(String message) {
        super(message);
    }
}
