package org.emrelay.runner.stream;

import java.util.List;
import java.util.Optional;

/**
 * Where posts go. A sink retries by itself what may succeed later; what does not, such as a full disk or a deleted bucket, is a
 * {@link org.emrelay.runner.model.RunnerException} of one sentence. It is used by one thread.
 *
 * <p>Each returned state is saved before the next call.
 */
public interface PostSink extends AutoCloseable {
    BatchLimits limits();

    /**
     * Continues from a saved state, before all other calls: what was written after it is removed, if the sink can do that.
     *
     * @param saved {@link SinkState#NONE} for a new stream
     */
    SinkState open(SinkState saved) throws InterruptedException;

    /** Keeps all posts of a batch, in their order; only then it returns. */
    SinkState write(List<Post> posts) throws InterruptedException;

    /** Makes visible what is old enough; empty if nothing has changed. It is called several times a second, also without new posts. */
    default Optional<SinkState> publishDue() throws InterruptedException {
        return Optional.empty();
    }

    /** Makes visible what was written. The stream may be started again later. */
    SinkState finish() throws InterruptedException;

    @Override
    void close();
}
