package org.emrelay.runner.json;

/** JSON written by the runner does not have the expected content. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message);
    }
}
