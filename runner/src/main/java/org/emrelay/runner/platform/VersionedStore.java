package org.emrelay.runner.platform;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A shared store of small texts with optimistic locking. Paths are relative to the workspace. */
public interface VersionedStore {

    /**
     * A text and its version.
     *
     * @param version changes with every write
     */
    record VersionedText(String text, String version) {
        public VersionedText {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(version, "version");
        }
    }

    Optional<VersionedText> read(String path) throws IOException;

    /** Reads several texts, in parallel where that is faster; missing ones are omitted. */
    default Map<String, VersionedText> readAll(List<String> paths) throws IOException {
        Map<String, VersionedText> read = new HashMap<>();
        for (String path : paths) {
            read(path).ifPresent(text -> read.put(path, text));
        }
        return read;
    }

    /** Writes a text if the path does not exist; false if it does. */
    boolean create(String path, String text) throws IOException;

    /** Replaces a text if it still has the given version; false if another writer has changed it. */
    boolean replace(String path, String text, String version) throws IOException;

    /** The names directly below a path, sorted; empty if the path does not exist. */
    List<String> list(String path) throws IOException;
}
