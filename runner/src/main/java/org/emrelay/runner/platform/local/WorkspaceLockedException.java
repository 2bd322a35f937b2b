package org.emrelay.runner.platform.local;

/** Somebody else works on a workspace; the message says who. */
public final class WorkspaceLockedException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkspaceLockedException(String message) {
        super(message);
    }
}
