package org.emrelay.jobs.topics.combine;

import java.io.Serializable;
import java.util.Objects;

/**
 * The part of a file that one task reads.
 *
 * @param file the index of the file in the list sorted by path
 * @param start the position of the first byte; a line that begins before it belongs to the previous part
 * @param end the position after the last byte; the last line may extend beyond it
 */
record PostSplit(int file, String path, long start, long end) implements Serializable {
    private static final long serialVersionUID = 1L;

    PostSplit {
        Objects.requireNonNull(path, "path");
    }
}
