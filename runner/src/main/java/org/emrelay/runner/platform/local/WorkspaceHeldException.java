package org.emrelay.runner.platform.local;

/** Somebody else works on a workspace; the message says who. */
public final class WorkspaceHeldException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkspaceHeldException(String message) {
        super(message);
    }
}
