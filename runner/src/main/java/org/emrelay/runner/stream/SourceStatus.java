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
 */
public record SourceStatus(String state, long connections, @Nullable Duration lag) {
    public SourceStatus {
        Objects.requireNonNull(state, "state");
    }
}
