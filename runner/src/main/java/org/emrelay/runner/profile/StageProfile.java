package org.emrelay.runner.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One attempt of a stage.
 *
 * @param name Spark's name of the stage, shortened
 * @param submitted when its first task could run
 * @param duration the time until it completed, or until the log ends
 * @param partitions the number of its tasks
 * @param durations the durations of its successful tasks, in milliseconds
 * @param reads the bytes that its successful tasks read from sources and shuffles
 * @param failure why it failed, shortened; empty if it did not fail
 */
public record StageProfile(
        int id,
        int attempt,
        String name,
        Instant submitted,
        Duration duration,
        int partitions,
        TaskTotals totals,
        Spread durations,
        Spread reads,
        String failure) {
    public StageProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(submitted, "submitted");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(totals, "totals");
        Objects.requireNonNull(durations, "durations");
        Objects.requireNonNull(reads, "reads");
        Objects.requireNonNull(failure, "failure");
    }

    StageProfile withText(UnaryOperator<String> change) {
        return new StageProfile(
                id,
                attempt,
                change.apply(name),
                submitted,
                duration,
                partitions,
                totals,
                durations,
                reads,
                change.apply(failure));
    }
}
