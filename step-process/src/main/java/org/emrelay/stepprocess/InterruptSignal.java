package org.emrelay.stepprocess;

import java.lang.reflect.Method;

/** Keeps Ctrl-C, which a terminal sends to runner and steps alike, from ending a step before the runner decided. */
final class InterruptSignal {

    private InterruptSignal() {}

    /** Ignored rather than handled, so that the processes of Python inherit it. */
    static void ignore() {
        try {
            // By reflection: javac has no way to be told that the use of sun.misc is meant.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(
                    null,
                    signal.getConstructor(String.class).newInstance("INT"),
                    handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            System.err.println("Ctrl-C may end this step before the runner does: " + unavailable);
        }
    }
}
