package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * What a source missed or dropped.
 *
 * @param gap time without a connection in which the source may have sent posts that it does not repeat; zero if it repeats all
 * @param repeated posts that came again after a reconnect and were dropped
 * @param malformed messages that were not posts and were dropped
 */
public record SourceLosses(Duration gap, long repeated, long malformed) {
    public static final SourceLosses NONE = new SourceLosses(Duration.ZERO, 0, 0);

    public SourceLosses {
        Objects.requireNonNull(gap, "gap");
        if (gap.isNegative() || repeated < 0 || malformed < 0) {
            throw new IllegalArgumentException("a loss is negative");
        }
    }

    SourceLosses minus(SourceLosses earlier) {
        return new SourceLosses(gap.minus(earlier.gap), repeated - earlier.repeated, malformed - earlier.malformed);
    }

    public SourceLosses plus(SourceLosses other) {
        return new SourceLosses(gap.plus(other.gap), repeated + other.repeated, malformed + other.malformed);
    }
}
