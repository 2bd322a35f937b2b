package org.sparkpipelines.runner.run;

import java.io.IOException;
import java.util.List;

/** The events of one run, kept so that they outlive whoever wrote them. One writer at a time. */
public interface Journal extends AutoCloseable {

    /** What was in it when it was opened, and what was appended since. */
    List<Event> events();

    /** Adds events at the end; when it returns they will be there after any crash. */
    void append(List<Event> events) throws IOException;

    @Override
    void close() throws IOException;
}
