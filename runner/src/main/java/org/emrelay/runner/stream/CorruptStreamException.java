package org.emrelay.runner.stream;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** A file that a stream has saved cannot be read. The message names the file and the remedy. */
public final class CorruptStreamException extends RunnerException {
    private static final long serialVersionUID = 1L;

    public CorruptStreamException(String message) {
        super(ExitCode.INVALID_FILE, message);
    }
}
