package org.emrelay.runner.run;

/** An event is not allowed in the current state of its run or step. */
public final class IllegalTransitionException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    IllegalTransitionException(String message) {
        super(message);
    }
}
