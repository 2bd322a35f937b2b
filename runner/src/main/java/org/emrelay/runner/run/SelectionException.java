package org.emrelay.runner.run;

/** The steps that a user chose by hand cannot be run so: the message says why, and the remedy. */
public final class SelectionException extends Exception {
    private static final long serialVersionUID = 1L;

    SelectionException(String message) {
        super(message);
    }
}
