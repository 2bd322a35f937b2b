package org.emrelay.runner.stream;

import java.util.List;

/**
 * Where posts go. A sink retries by itself what may succeed later; what does not, such as a full disk or a deleted bucket, is a
 * {@link org.emrelay.runner.model.RunnerException} of one sentence. It is used by one thread.
 */
public interface PostSink extends AutoCloseable {
    BatchLimits limits();

    /** Keeps all posts of a batch, in their order; only then it returns. */
    SinkState write(List<Post> posts) throws InterruptedException;

    /** Makes visible what was written. The stream may be started again later. */
    SinkState finish() throws InterruptedException;

    @Override
    void close();
}
