package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;

/** The durable event log of one run. It has one writer at a time. */
public interface Journal extends AutoCloseable {

    /** The events read on opening, and those appended since. */
    List<Event> events();

    /** Appends events. When it returns, they survive a crash. */
    void append(List<Event> events) throws IOException;

    /**
     * Checks that this process still holds the run's lease. Call it before every action with a side effect.
     *
     * @throws RunLockedException when another process has taken over the run
     */
    default void checkOwnership() throws IOException {}

    @Override
    void close() throws IOException;
}
