package org.emrelay.runner.report.overview;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.profile.SparkProfile;
import org.jspecify.annotations.Nullable;

/**
 * An attempt, as shown in the report of its run.
 *
 * @param started null if it has not started
 * @param ended null if it has not ended
 * @param log the location of its log; empty if unknown
 * @param profile the profile from its event log; null if there is none
 * @param gap why there is no profile; empty if there is one
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
