package org.emrelay.runner.stream.source;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.emrelay.runner.model.StreamSource.Synthetic;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.PostSource;
import org.emrelay.runner.stream.SourceLosses;
import org.emrelay.runner.stream.SourceStatus;
import org.emrelay.runner.stream.Ticker;
import org.jspecify.annotations.Nullable;

/** Generates posts in the format of X's API v2. The position is the number of the next post. */
public final class SyntheticSource implements PostSource {
    private final SyntheticPosts posts;
    private final long count;
    private final Pacer pacer;
    private final AtomicLong next;

    /**
     * Creates a source.
     *
     * @param position where to continue; null for the first post
     */
    public SyntheticSource(Synthetic settings, @Nullable Position position, Ticker ticker, Sleeper sleeper) {
        this.posts = new SyntheticPosts(settings.seed());
        this.count = settings.posts() == null ? Long.MAX_VALUE : settings.posts();
        this.pacer = new Pacer(settings.rate(), ticker, sleeper);
        this.next = new AtomicLong(position == null ? 0 : Positions.number(position, position.value()));
    }

    @Override
    public Optional<Post> read(Duration wait) throws InterruptedException {
        if (isExhausted() || !pacer.await(wait)) {
            return Optional.empty();
        }
        byte[] line = posts.json(next.get()).getBytes(StandardCharsets.UTF_8);
        return Optional.of(new Post(line, new Position(Long.toString(next.incrementAndGet()))));
    }

    @Override
    public boolean isExhausted() {
        return next.get() >= count;
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus(isExhausted() ? "exhausted" : "generating", 1, null, Duration.ZERO);
    }

    @Override
    public SourceLosses losses() {
        return SourceLosses.NONE;
    }

    @Override
    public void close() {}
}
