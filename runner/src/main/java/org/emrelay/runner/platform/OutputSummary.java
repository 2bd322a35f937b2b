package org.emrelay.runner.platform;

import java.util.Objects;

/**
 * What an output consists of.
 *
 * @param files how many data files; Spark's markers and checksums do not count
 * @param digest of names and sizes: an output that changes after its step has ended is not the one that was finished
 */
public record OutputSummary(long files, long bytes, String digest) {
    public OutputSummary {
        Objects.requireNonNull(digest, "digest");
    }
}
