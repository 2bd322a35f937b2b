package org.emrelay.runner.stream;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of a stream at a point in time. {@code delivered} is ahead of {@code counts} by the posts that no checkpoint covers yet.
 *
 * @param phase the current phase
 * @param delivered posts from the source since the creation of the stream, including buffered and discarded posts
 * @param counts the counts of the last checkpoint
 * @param losses what the source missed or dropped since the creation of the stream, including what no checkpoint covers yet
 * @param postsPerSecond the rate of delivery over the last 10 seconds
 * @param bufferedPosts posts that match the filters and that no checkpoint covers yet
 * @param bufferedBytes the size of these posts
 * @param cost the price of all delivered posts in dollars; null if the source is free
 * @param started when this process started the stream
 * @param saved when the last checkpoint was saved
 * @param time the time of this status
 */
public record StreamStatus(
        Phase phase,
        long delivered,
        Counts counts,
        SourceLosses losses,
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
        Objects.requireNonNull(losses, "losses");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(saved, "saved");
        Objects.requireNonNull(time, "time");
    }

    /** The phase of a stream. */
    public enum Phase {
        RUNNING,
        /** No more posts are read; the buffered ones are being written. */
        ENDING,
        ENDED
    }
}
