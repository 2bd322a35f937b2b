package org.emrelay.runner.run;

/** A recorded text does not hold what it should: which part of it, and what is the matter. */
final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }
}
