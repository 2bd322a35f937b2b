package org.emrelay.runner.platform.aws.client;

/** What is asked for stands against a guard of ours, such as a name that is taken; the message says which and what to do. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
