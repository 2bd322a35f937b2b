package org.emrelay.runner.json;

/** A recorded text does not hold what it should: which part of it, and what is the matter. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message);
    }
}
