package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of a source.
 *
 * @param state in a few words: {@code connected}, {@code reconnecting in 8 s: connection reset}
 * @param connections opened since the start
 * @param lag the age of the last post; null if unknown
 * @param gap time without a connection in which the source may have sent posts that it does not repeat; zero if it repeats all
 * @param repeated posts that came again after a reconnect and were dropped
 * @param malformed messages that were not posts and were dropped
 */
public record SourceStatus(
        String state, long connections, @Nullable Duration lag, Duration gap, long repeated, long malformed) {
    public SourceStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(gap, "gap");
    }
}
