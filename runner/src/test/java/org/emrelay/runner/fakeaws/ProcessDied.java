package org.emrelay.runner.fakeaws;

/** Thrown out of a sleep when the process that sleeps is supposed to be dead: nothing of it may go on. */
public final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("the process died at the point that the test had set");
    }
}
