package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * Where posts come from. It connects at the first read, and again when a connection ends; it buffers no more than a bounded number of bytes,
 * so that a slow reader slows it down. It is read by one thread.
 *
 * <p>What only the user can mend, such as a refused token, is a {@link org.emrelay.runner.model.RunnerException} of one sentence.
 */
public interface PostSource extends AutoCloseable {
    /** Returns the next post; empty if none came in this time. */
    Optional<Post> read(Duration wait) throws InterruptedException;

    /** Whether no more posts will come. */
    boolean isExhausted();

    /** What happened since the start; any thread may ask. */
    SourceStatus status();

    @Override
    void close();
}
