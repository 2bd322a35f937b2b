package org.emrelay.runner.json;

/** Text is not valid JSON, or not the JSON that the runner writes. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message);
    }
}
