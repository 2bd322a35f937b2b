package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The content hashes of a pipeline's local files.
 *
 * <p>They are computed before planning, because the planner does no I/O.
 */
public record FileHashes(Map<Path, ContentHash> hashes) {

    /** The content hash of a file or a directory tree. */
    public record ContentHash(String value) {
        public ContentHash {
            Objects.requireNonNull(value, "value");
        }
    }

    public FileHashes {
        hashes = Map.copyOf(hashes);
    }

    public ContentHash get(Path path) {
        ContentHash hash = hashes.get(path);
        if (hash == null) {
            throw new IllegalArgumentException("no hash of " + path);
        }
        return hash;
    }
}
