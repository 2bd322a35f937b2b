package org.emrelay.runner.stream;

import java.util.List;

/** Where a stream keeps its checkpoint and its dead letters. Failures are {@link StreamException}s. */
public interface StreamStore {
    /** Replaces the checkpoint atomically; it survives a power failure once this returns. */
    void save(Checkpoint checkpoint);

    /**
     * Appends posts that the sink cannot take, durably. The first call of a start has none.
     *
     * @param length of the file so far; what lies beyond it was written before a crash and is removed
     * @return the new length
     */
    long keepDeadLetters(List<Post> posts, long length);

    /** Whether another process has asked this one to stop. */
    boolean isStopRequested();
}
