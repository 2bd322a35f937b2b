package org.emrelay.runner.platform;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Small texts that several machines see. A write may depend on what is there: that keeps two writers apart. Paths are the workspace's. */
public interface VersionedStore {

    /**
     * A text as it was when it was read.
     *
     * @param version changes with each write
     */
    record Stored(String text, String version) {
        public Stored {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(version, "version");
        }
    }

    Optional<Stored> read(String path) throws IOException;

    /** Reads many, side by side where that is quicker; what is not there is left out. */
    default Map<String, Stored> readAll(List<String> paths) throws IOException {
        Map<String, Stored> read = new HashMap<>();
        for (String path : paths) {
            read(path).ifPresent(stored -> read.put(path, stored));
        }
        return read;
    }

    /** Writes a text where none is; false when one is. */
    boolean create(String path, String text) throws IOException;

    /** Writes over the version that was read; false when somebody else has done so since. */
    boolean replace(String path, String text, String version) throws IOException;

    /** The names directly below a path, sorted; none when it is not there. */
    List<String> children(String path) throws IOException;
}
