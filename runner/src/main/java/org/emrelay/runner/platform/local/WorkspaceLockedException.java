package org.emrelay.runner.platform.local;

/** Another process holds the workspace lock; the message names it. */
public final class WorkspaceLockedException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkspaceLockedException(String message) {
        super(message);
    }
}
