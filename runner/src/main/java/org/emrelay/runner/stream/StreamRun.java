package org.emrelay.runner.stream;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last run of a stream, from its start to its end. A run without an end has not ended, or its process was killed.
 *
 * @param cause why it failed
 */
public record StreamRun(
        Instant started,
        @Nullable Instant ended,
        @Nullable StreamEnd end,
        @Nullable String cause) {
    public StreamRun {
        Objects.requireNonNull(started, "started");
        if ((ended == null) != (end == null)) {
            throw new IllegalArgumentException("ended and end belong together");
        }
    }

    public static StreamRun started(Instant time) {
        return new StreamRun(time, null, null, null);
    }

    public StreamRun ended(Instant time, StreamEnd reason, @Nullable String newCause) {
        return new StreamRun(started, time, reason, newCause);
    }
}
