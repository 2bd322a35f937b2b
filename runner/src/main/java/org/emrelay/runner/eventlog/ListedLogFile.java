package org.emrelay.runner.eventlog;

import java.util.Objects;

/**
 * A file below a directory of event logs.
 *
 * @param path the path relative to that directory, separated by slashes
 * @param size the size in bytes
 */
public record ListedLogFile(String path, long size) {
    public ListedLogFile {
        Objects.requireNonNull(path, "path");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the name of its parent directory; empty if it is at the top. */
    String directory() {
        int end = path.lastIndexOf('/');
        return end < 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }
}
