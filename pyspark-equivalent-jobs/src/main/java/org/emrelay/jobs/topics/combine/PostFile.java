package org.emrelay.jobs.topics.combine;

import java.util.Objects;

/**
 * A file with posts. Its size and modification time show whether it has changed.
 *
 * @param path the absolute URI
 * @param modified the modification time, such as {@code 2026-11-20T13:02:11.512Z}
 */
public record PostFile(String path, long bytes, String modified) {
    public PostFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(modified, "modified");
    }
}
