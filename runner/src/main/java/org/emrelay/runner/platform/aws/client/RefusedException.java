package org.emrelay.runner.platform.aws.client;

/** A guard refuses the operation, such as a name that is taken. The message names the guard and the remedy. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
