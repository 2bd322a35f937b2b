package org.emrelay.runner.platform;

import java.util.Objects;

/**
 * A file below a directory of a workspace.
 *
 * @param path relative to that directory
 */
public record StoredFile(String path, long bytes) {
    public StoredFile {
        Objects.requireNonNull(path, "path");
    }
}
