package org.emrelay.runner.run;

import java.io.IOException;

/** The record of a run cannot be read. The message names the file and the remedy. */
public final class CorruptRunException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptRunException(String message) {
        super(message);
    }
}
