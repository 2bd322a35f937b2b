package org.emrelay.runner.report.overview;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.profile.SparkProfile;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as the report of its run shows it.
 *
 * @param started null if it has not started
 * @param ended null if it has not ended
 * @param log its location; empty if unknown
 * @param profile what Spark logged about it; null if there is nothing
 * @param gap why there is nothing; else empty
 */
public record AttemptOverview(
        int number,
        String state,
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant ended,
        String log,
        @Nullable SparkProfile profile,
        String gap) {
    public AttemptOverview {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(submitted, "submitted");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(gap, "gap");
    }
}
