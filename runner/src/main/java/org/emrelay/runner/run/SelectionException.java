package org.emrelay.runner.run;

/** The selected steps cannot run. The message gives the reason and the remedy. */
public final class SelectionException extends Exception {
    private static final long serialVersionUID = 1L;

    SelectionException(String message) {
        super(message);
    }
}
