package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves posts from the source to the queue, until the end of the stream. */
final class PumpReader implements Runnable {
    /** After this time without a post, check whether the stream must end. */
    private static final Duration MAX_WAIT = Duration.ofMillis(200);

    private final PostSource source;
    private final PostFilter filter;
    private final PostQueue queue;
    private final PumpState state;
    private final DeliveryLimit limit;
    private volatile @Nullable StreamEnd end;
    private volatile @Nullable Throwable failure;

    PumpReader(PostSource source, PostFilter filter, PostQueue queue, PumpState state, DeliveryLimit limit) {
        this.source = source;
        this.filter = filter;
        this.queue = queue;
        this.state = state;
        this.limit = limit;
    }

    @Override
    public void run() {
        try {
            end = read();
        } catch (InterruptedException interrupted) {
            StreamEnd requested = state.requestedEnd.get();
            end = requested == null ? StreamEnd.STOPPED : requested;
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        } finally {
            queue.finish();
        }
    }

    private StreamEnd read() throws InterruptedException {
        while (!queue.isClosed()) {
            StreamEnd requested = state.requestedEnd.get();
            if (requested != null) {
                return requested;
            } else if (state.delivered.get() >= limit.posts()) {
                return limit.end();
            }
            Optional<Post> post = source.read(MAX_WAIT);
            if (post.isPresent()) {
                accept(post.get());
            } else if (source.isExhausted()) {
                return StreamEnd.EXHAUSTED;
            }
        }
        return StreamEnd.STOPPED;
    }

    private void accept(Post post) {
        state.delivered.incrementAndGet();
        SourceLosses losses = source.losses();
        if (filter.accepts(post.line())) {
            state.bufferedPosts.incrementAndGet();
            state.bufferedBytes.addAndGet(post.size());
            queue.put(post, losses);
        } else {
            queue.putFiltered(post.position(), losses);
        }
    }

    /** Why the reader ended; null if it failed. */
    @Nullable
    StreamEnd end() {
        return end;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }
}
