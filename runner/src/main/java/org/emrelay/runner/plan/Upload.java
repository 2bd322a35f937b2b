package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.Objects;

/** A local file or directory to upload, and its path in the workspace. */
public record Upload(Path source, String path, Form form) {

    /** What is uploaded of the source. */
    public enum Form {
        AS_IS,
        /** A zip of the Python modules in a directory. */
        MODULES
    }

    public Upload(Path source, String path) {
        this(source, path, Form.AS_IS);
    }

    public Upload {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(form, "form");
    }
}
