package org.emrelay.runner.stream;

import java.util.List;

/** The store of a stream's checkpoint and dead letters. Failures are {@link StreamException}s. */
public interface StreamStore {
    /** Replaces the checkpoint atomically and durably. */
    void save(Checkpoint checkpoint);

    /**
     * Durably appends posts that the sink cannot accept. The first call after a start has no posts.
     *
     * @param length the valid length of the file; data beyond it was written before a crash and is removed
     * @return the new length
     */
    long keepDeadLetters(List<Post> posts, long length);

    /** Whether another process has asked this one to stop. */
    boolean isStopRequested();
}
