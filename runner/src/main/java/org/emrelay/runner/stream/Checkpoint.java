package org.emrelay.runner.stream;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a stream: all posts up to the position were filtered, or are in the sink or the dead letters.
 *
 * @param position null until the first post
 * @param deadLetterBytes the valid length of the dead-letter file
 * @param saved null for a stream that was never started
 */
public record Checkpoint(
        @Nullable Position position,
        SinkState sink,
        long deadLetterBytes,
        Counts counts,
        @Nullable Instant saved) {
    /** The checkpoint of a stream that was never started. */
    public static final Checkpoint NONE = new Checkpoint(null, SinkState.NONE, 0, Counts.ZERO, null);

    public Checkpoint {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(counts, "counts");
        if (deadLetterBytes < 0) {
            throw new IllegalArgumentException("dead_letter_bytes is negative");
        }
    }

    Checkpoint withDeadLetters(long bytes) {
        return new Checkpoint(position, sink, bytes, counts, saved);
    }

    Checkpoint with(SinkState newSink, Instant now) {
        return new Checkpoint(position, newSink, deadLetterBytes, counts, now);
    }

    Checkpoint with(Counts newCounts, Instant now) {
        return new Checkpoint(position, sink, deadLetterBytes, newCounts, now);
    }
}
