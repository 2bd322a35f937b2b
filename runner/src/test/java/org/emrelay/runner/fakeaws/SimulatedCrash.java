package org.emrelay.runner.fakeaws;

/** Thrown from a sleep when the process under test has crashed, to stop all its threads. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("The process crashed at the point set by the test");
    }
}
