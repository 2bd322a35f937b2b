package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * The origin of posts. It connects at the first read, and reconnects when a connection ends. Its buffer is bounded, so that a slow reader slows
 * it down. It is read by one thread.
 *
 * <p>A problem that only the user can fix, such as a rejected token, is a {@link org.emrelay.runner.model.RunnerException} with a one-sentence
 * message.
 */
public interface PostSource extends AutoCloseable {
    /** Returns the next post; empty if none arrives within this time. */
    Optional<Post> read(Duration wait) throws InterruptedException;

    /** Whether no more posts will arrive. */
    boolean isExhausted();

    /** The status since the start. Thread-safe. */
    SourceStatus status();

    /** What was missed or dropped since the start, up to the last post. Thread-safe. */
    SourceLosses losses();

    @Override
    void close();
}
