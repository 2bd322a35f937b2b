package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.io.InputStream;

/** Stores the files of event logs. */
@FunctionalInterface
public interface EventLogStore {
    InputStream open(String path) throws IOException;
}
