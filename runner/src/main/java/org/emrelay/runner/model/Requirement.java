package org.emrelay.runner.model;

import java.nio.file.Path;
import java.util.Objects;

/** A line of a requirements file, in pip's syntax. */
public sealed interface Requirement {

    /** A package, or an option such as {@code --index-url}. */
    record Line(String text) implements Requirement {
        public Line {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A package in a local file.
     *
     * @param prefix what precedes the path, such as {@code words @ file://}
     * @param suffix what follows the path, such as a marker
     */
    record PackageFile(String prefix, FileRef.Local file, String suffix) implements Requirement {
        public PackageFile {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(suffix, "suffix");
        }
    }

    /** A local directory in which the installer looks for packages ({@code --find-links}). */
    record PackageDirectory(Path directory) implements Requirement {
        public PackageDirectory {
            Objects.requireNonNull(directory, "directory");
        }
    }
}
