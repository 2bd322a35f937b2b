package org.emrelay.runner.stream;

import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.stream.StreamStatus.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Moves posts from a source to a sink, until the stream ends.
 *
 * <p>One thread reads and filters, and the calling thread writes. A checkpoint is saved after each batch, so it never covers a post that is not
 * kept. At the end, posts that were already read are written first, unless the sink has failed.
 */
public final class Pump {
    private static final int QUEUE_POSTS = 20_000;
    private static final long QUEUE_BYTES = 8L << 20;

    /** How often to check whether the stream must end, and whether a batch is old enough. */
    private static final Duration TICK = Duration.ofMillis(200);

    private static final long STATUS_INTERVAL = Duration.ofSeconds(1).toNanos();

    /** How long a source may take to return from a read before it is interrupted. */
    private static final long READ_TIMEOUT = Duration.ofSeconds(5).toNanos();

    private final Stages stages;
    private final @Nullable Duration maxDuration;
    private final @Nullable Double dollarsPerPost;
    private final StatusListener listener;
    private final Clock clock;
    private final Ticker ticker;
    private final PumpState state;
    private final PostQueue queue = new PostQueue(QUEUE_POSTS, QUEUE_BYTES);
    private final PumpReader reader;
    private final PumpWriter writer;
    private final Thread readerThread;
    private final RateMeter rate = new RateMeter();
    private final AtomicReference<@Nullable RuntimeException> tickFailure = new AtomicReference<>();
    private final Instant started;
    private final long start;
    private long lastStatus;
    private long endRequested;
    private volatile Phase phase = Phase.RUNNING;

    /** The stages that posts pass through, and the store of the checkpoint. The caller closes them. */
    public record Stages(PostSource source, PostFilter filter, PostSink sink, StreamStore store) {
        public Stages {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(filter, "filter");
            Objects.requireNonNull(sink, "sink");
            Objects.requireNonNull(store, "store");
        }
    }

    /**
     * Creates a pump for one run.
     *
     * @param checkpoint the last saved checkpoint; the source already starts at its position
     * @param dollarsPerPost what the source charges; null if it is free
     */
    public Pump(
            Stages stages,
            Checkpoint checkpoint,
            Limits limits,
            @Nullable Double dollarsPerPost,
            StatusListener listener,
            Clock clock,
            Ticker ticker) {
        this.stages = stages;
        this.maxDuration = limits.duration();
        this.dollarsPerPost = dollarsPerPost;
        this.listener = listener;
        this.clock = clock;
        this.ticker = ticker;
        this.state = new PumpState(checkpoint);
        this.reader = new PumpReader(
                stages.source(), stages.filter(), queue, state, DeliveryLimit.of(limits, dollarsPerPost));
        this.writer = new PumpWriter(queue, stages, state, clock, ticker);
        this.readerThread = new Thread(reader, "stream-reader");
        readerThread.setDaemon(true);
        this.started = clock.instant();
        this.start = ticker.nanoTime();
        this.lastStatus = start;
        this.endRequested = start;
    }

    /** Asks the pump to end. Thread-safe. {@link #run} then writes the posts that were already read, and returns the first reason. */
    public void stop(StreamEnd reason) {
        state.requestedEnd.compareAndSet(null, reason);
        queue.wake();
    }

    /**
     * Runs until the stream has ended and all posts that were read are kept. A failure of the source is thrown after that, a failure of the sink
     * immediately. An interrupt of the calling thread ends the stream like a failure of the sink.
     */
    public StreamEnd run() throws InterruptedException {
        rate.add(start, state.delivered.get());
        writer.open();
        try (Ticker.Ticks ticks = ticker.every(TICK, this::tick)) {
            readerThread.start();
            writer.run();
            writer.finish();
        } catch (InterruptedException | RuntimeException | Error failure) {
            abandon(failure);
            if (failure.getCause() instanceof ClosedByInterruptException) {
                throw new InterruptedException("writing was interrupted");
            }
            throw failure;
        }
        phase = Phase.ENDED;
        listener.updated(status());
        rethrow(reader.failure());
        rethrow(tickFailure.get());
        return Objects.requireNonNull(reader.end(), "the reader has ended");
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Keeps no more posts. The user needs the first failure, so its consequences are only added as suppressed exceptions. */
    private void abandon(Throwable failure) {
        queue.close();
        readerThread.interrupt();
        try {
            readerThread.join(TimeUnit.NANOSECONDS.toMillis(READ_TIMEOUT));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            if (dollarsPerPost != null) {
                writer.saveDiscarded();
            }
        } catch (RuntimeException consequence) {
            failure.addSuppressed(consequence);
        }
        Throwable other = reader.failure();
        if (other != null) {
            failure.addSuppressed(other);
        }
    }

    private void tick() {
        try {
            long now = ticker.nanoTime();
            requestEnd(now);
            if (now - lastStatus >= STATUS_INTERVAL) {
                lastStatus = now;
                listener.updated(status());
            }
        } catch (RuntimeException failure) {
            tickFailure.compareAndSet(null, failure);
            stop(StreamEnd.FAILED);
        } finally {
            queue.wake();
        }
    }

    private void requestEnd(long now) {
        if (maxDuration != null && now - start >= maxDuration.toNanos()) {
            state.requestedEnd.compareAndSet(null, StreamEnd.DURATION_LIMIT);
        } else if (stages.store().isStopRequested()) {
            state.requestedEnd.compareAndSet(null, StreamEnd.STOPPED);
        }
        if (state.requestedEnd.get() == null) {
            endRequested = now;
        } else if (now - endRequested >= READ_TIMEOUT) {
            readerThread.interrupt();
        }
    }

    private StreamStatus status() {
        long delivered = state.delivered.get();
        Checkpoint checkpoint = state.checkpoint();
        Phase now = phase == Phase.RUNNING && !readerThread.isAlive() ? Phase.ENDING : phase;
        return new StreamStatus(
                now,
                delivered,
                checkpoint.counts(),
                state.losses(stages.source()),
                rate.add(ticker.nanoTime(), delivered),
                stages.source().status(),
                state.bufferedPosts.get(),
                state.bufferedBytes.get(),
                dollarsPerPost == null ? null : delivered * dollarsPerPost,
                started,
                Objects.requireNonNull(checkpoint.saved(), "saved before the first tick"),
                clock.instant());
    }
}
