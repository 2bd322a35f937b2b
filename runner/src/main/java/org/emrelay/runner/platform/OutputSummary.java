package org.emrelay.runner.platform;

import java.util.Objects;

/**
 * A summary of an output, used to detect later changes to it.
 *
 * @param files the number of data files, without Spark's marker files and checksums
 * @param digest a hash of the names and sizes of the data files
 */
public record OutputSummary(long files, long bytes, String digest) {
    public OutputSummary {
        Objects.requireNonNull(digest, "digest");
    }
}
