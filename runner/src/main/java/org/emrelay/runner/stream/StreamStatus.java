package org.emrelay.runner.stream;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a stream does at a moment. {@code read} of the counts is ahead of the saved position by what is buffered.
 *
 * @param phase in which it is
 * @param delivered posts that the source delivered since the creation of the stream, buffered and discarded ones included
 * @param counts as in the last checkpoint
 * @param postsPerSecond delivered, over the last 10 seconds
 * @param bufferedPosts read, matched by the filters and not yet in a checkpoint
 * @param bufferedBytes of these posts
 * @param cost of all delivered posts, in dollars; null if the source is free
 * @param started when this process started the stream
 * @param saved when the last checkpoint was saved
 * @param time of this status
 */
public record StreamStatus(
        Phase phase,
        long delivered,
        Counts counts,
        double postsPerSecond,
        SourceStatus source,
        long bufferedPosts,
        long bufferedBytes,
        @Nullable Double cost,
        Instant started,
        Instant saved,
        Instant time) {
    public StreamStatus {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(saved, "saved");
        Objects.requireNonNull(time, "time");
    }

    /** What a stream does. */
    public enum Phase {
        RUNNING,
        /** No more posts are read; the buffered ones are being written. */
        ENDING,
        ENDED
    }
}
