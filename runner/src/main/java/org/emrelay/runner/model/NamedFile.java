package org.emrelay.runner.model;

import java.util.Objects;

/**
 * A file or archive that Spark places in a step's working directory.
 *
 * @param alias its name there ({@code file#alias}); empty to keep its own name
 */
public record NamedFile(FileRef file, String alias) {
    public NamedFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(alias, "alias");
    }
}
