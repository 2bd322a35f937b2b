package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;

/** The events of one run, kept so that they outlive whoever wrote them. One writer at a time. */
public interface Journal extends AutoCloseable {

    /** What was in it when it was opened, and what was appended since. */
    List<Event> events();

    /** Adds events at the end; when it returns they will be there after any crash. */
    void append(List<Event> events) throws IOException;

    /**
     * Makes sure that it is still this one's to write. Whoever acts for the run asks this just before, and stops where it throws.
     *
     * @throws RunLockedException when somebody else has taken the run over
     */
    default void confirm() throws IOException {}

    @Override
    void close() throws IOException;
}
