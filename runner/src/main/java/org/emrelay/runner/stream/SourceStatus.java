package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of a source.
 *
 * @param state in a few words: {@code connected}, {@code reconnecting in 8 s: connection reset}
 * @param connections opened since the start
 * @param problem why there is no connection; null if there is one, or if none was tried yet
 * @param lag the age of the last post; null if unknown
 */
public record SourceStatus(
        String state,
        long connections,
        @Nullable String problem,
        @Nullable Duration lag) {
    public SourceStatus {
        Objects.requireNonNull(state, "state");
    }

    /** Whether the source has tried to connect, always in vain. */
    public boolean isNeverConnected() {
        return connections == 0 && problem != null;
    }
}
