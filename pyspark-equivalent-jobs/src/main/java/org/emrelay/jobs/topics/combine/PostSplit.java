package org.emrelay.jobs.topics.combine;

import java.io.Serializable;
import java.util.Objects;

/**
 * The part of a file that one task reads.
 *
 * @param file the number of the file in the order of their paths
 * @param start of the first byte; the line that it is in belongs to the previous part
 * @param end after the last byte; the last line may go on after it
 */
record PostSplit(int file, String path, long start, long end) implements Serializable {
    private static final long serialVersionUID = 1L;

    PostSplit {
        Objects.requireNonNull(path, "path");
    }
}
