package org.emrelay.stepprocess;

import java.lang.reflect.Method;

/**
 * Makes this process ignore SIGINT.
 *
 * <p>A terminal sends Ctrl-C to the runner and to its steps alike; the runner decides what happens to the steps.
 */
final class InterruptSignal {

    private InterruptSignal() {}

    /** Ignored rather than handled, because child processes such as Python inherit an ignored signal. */
    static void ignore() {
        try {
            // By reflection, because the javac warning about sun.misc cannot be suppressed.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(
                    null,
                    signal.getConstructor(String.class).newInstance("INT"),
                    handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            System.err.println(
                    "Cannot ignore SIGINT: Ctrl-C may kill this step before the runner handles it: " + unavailable);
        }
    }
}
