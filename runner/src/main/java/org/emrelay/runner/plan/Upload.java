package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.Objects;

/** A file or directory of this machine that a step needs in the workspace, and its path there. */
public record Upload(Path source, String path) {
    public Upload {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(path, "path");
    }
}
