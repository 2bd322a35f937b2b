package org.emrelay.runner.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The state that the threads of a pump share, besides the queue. */
final class PumpState {
    /** The number of posts that the source has delivered since the creation of the stream. */
    final AtomicLong delivered;

    final AtomicLong bufferedPosts = new AtomicLong();
    final AtomicLong bufferedBytes = new AtomicLong();
    final AtomicReference<@Nullable StreamEnd> requestedEnd = new AtomicReference<>();

    private final SourceLosses lossesBefore;
    private volatile Checkpoint checkpoint;

    PumpState(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.lossesBefore = checkpoint.counts().losses();
        this.delivered = new AtomicLong(checkpoint.counts().delivered());
    }

    /** The losses of earlier starts. */
    SourceLosses lossesBefore() {
        return lossesBefore;
    }

    /** The losses since the creation of the stream. */
    SourceLosses losses(PostSource source) {
        return lossesBefore.plus(source.losses());
    }

    /** The last saved checkpoint. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    void saved(Checkpoint newCheckpoint) {
        checkpoint = newCheckpoint;
    }
}
