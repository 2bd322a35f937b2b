package org.emrelay.runner.model;

import java.nio.file.Path;
import java.util.Objects;

/** A file or directory that a step needs: local or remote. */
public sealed interface FileRef extends Source {

    /** A local file or directory, uploaded once per content. The path is absolute and normalised. */
    record Local(Path path) implements FileRef {
        public Local {
            Objects.requireNonNull(path, "path");
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("not absolute: " + path);
            }
        }
    }

    /**
     * A local directory of Python modules, which a step gets as a zip.
     *
     * <p>One with an {@code __init__.py} is a package, and the zip contains it under its name. Of any other, the zip contains the content.
     */
    record Modules(Path directory) implements FileRef {
        public Modules {
            Objects.requireNonNull(directory, "directory");
        }
    }

    /** Remote data, such as {@code s3://bucket/titles.parquet}, or a file that Spark downloads itself. */
    record Remote(String uri) implements FileRef {
        public Remote {
            Objects.requireNonNull(uri, "uri");
        }
    }
}
