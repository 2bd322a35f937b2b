package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of event logs are. */
@FunctionalInterface
public interface EventLogStore {
    InputStream open(String path) throws IOException;
}
