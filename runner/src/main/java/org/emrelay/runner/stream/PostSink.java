package org.emrelay.runner.stream;

import java.util.List;
import java.util.Optional;

/**
 * The destination of posts. A sink retries temporary failures itself; a permanent one, such as a full disk or a deleted bucket, is a
 * {@link org.emrelay.runner.model.RunnerException} with a one-sentence message. It is used by one thread.
 *
 * <p>Each returned state is saved before the next call.
 */
public interface PostSink extends AutoCloseable {
    BatchLimits limits();

    /**
     * Continues from a saved state; must be called first. Removes what was written after that state, if the sink can.
     *
     * @param saved {@link SinkState#NONE} for a new stream
     */
    SinkState open(SinkState saved) throws InterruptedException;

    /** Writes all posts of a batch in order. Returns once all are kept. */
    SinkState write(List<Post> posts) throws InterruptedException;

    /** Publishes files that are due; empty if nothing has changed. Called several times per second, even without new posts. */
    default Optional<SinkState> publishDue() throws InterruptedException {
        return Optional.empty();
    }

    /** Publishes everything that was written. The stream may be started again later. */
    SinkState finish() throws InterruptedException;

    @Override
    void close();
}
