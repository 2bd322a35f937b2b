package org.emrelay.runner.model;

import java.nio.file.Path;
import java.util.Objects;

/** A file that a step needs: local or remote. */
public sealed interface FileRef {

    /** A local file, uploaded once per content. The path is absolute and normalised. */
    record Local(Path path) implements FileRef {
        public Local {
            Objects.requireNonNull(path, "path");
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("not absolute: " + path);
            }
        }
    }

    /**
     * A file that Spark downloads itself, such as {@code s3://bucket/job.jar}.
     */
    record Remote(String uri) implements FileRef {
        public Remote {
            Objects.requireNonNull(uri, "uri");
        }
    }
}
