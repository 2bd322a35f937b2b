package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.Objects;

/** A local file or directory to upload, and its path in the workspace. */
public record Upload(Path source, String path) {
    public Upload {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(path, "path");
    }
}
