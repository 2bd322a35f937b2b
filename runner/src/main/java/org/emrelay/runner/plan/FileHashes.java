package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What a plan needs to know of this machine's files, looked up beforehand: the planner itself reads nothing. */
public record FileHashes(Map<Path, Content> contents) {

    /** The content of a file or of a whole directory, as a hash. */
    public record Content(String hash) {
        public Content {
            Objects.requireNonNull(hash, "hash");
        }
    }

    public FileHashes {
        contents = Map.copyOf(contents);
    }

    public Content of(Path path) {
        Content content = contents.get(path);
        if (content == null) {
            throw new IllegalArgumentException("nothing is known of " + path);
        }
        return content;
    }
}
