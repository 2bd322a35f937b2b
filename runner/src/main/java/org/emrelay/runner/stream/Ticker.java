package org.emrelay.runner.stream;

import java.time.Duration;

/** Measures elapsed time, whatever happens to the clock, and calls regularly. */
public interface Ticker {
    /** Nanoseconds since an arbitrary moment, like {@link System#nanoTime()}. */
    long nanoTime();

    /** Calls an action regularly, from one thread, until the result is closed. No call is under way after that. */
    Ticks every(Duration interval, Runnable action);

    /** Regular calls. */
    interface Ticks extends AutoCloseable {
        @Override
        void close();
    }

    static Ticker system() {
        return new SystemTicker();
    }
}
