package org.emrelay.runner.stream;

import java.time.Duration;

/** Measures elapsed time independently of the clock, and runs periodic actions. */
public interface Ticker {
    /** Nanoseconds since an arbitrary moment, like {@link System#nanoTime()}. */
    long nanoTime();

    /** Calls an action periodically from one thread, until the result is closed. After that, no call is in progress. */
    Ticks every(Duration interval, Runnable action);

    /** Periodic calls. */
    interface Ticks extends AutoCloseable {
        @Override
        void close();
    }

    static Ticker system() {
        return new SystemTicker();
    }
}
