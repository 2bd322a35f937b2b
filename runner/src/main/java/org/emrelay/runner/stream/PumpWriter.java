package org.emrelay.runner.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Moves posts from the queue to the sink, and saves a checkpoint after each batch. */
final class PumpWriter {
    private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

    /** How often losses are saved while no posts arrive: a long gap outlives a kill. */
    private static final long LOSSES_INTERVAL = Duration.ofMinutes(1).toNanos();

    private final PostQueue queue;
    private final PostSource source;
    private final PostSink sink;
    private final StreamStore store;
    private final PumpState state;
    private final Clock clock;
    private final Ticker ticker;
    private Batch batch;
    private long batchStart;
    private long lastSave;

    PumpWriter(PostQueue queue, Pump.Stages stages, PumpState state, Clock clock, Ticker ticker) {
        this.queue = queue;
        this.source = stages.source();
        this.sink = stages.sink();
        this.store = stages.store();
        this.state = state;
        this.clock = clock;
        this.ticker = ticker;
        this.batch = new Batch(sink.limits());
    }

    /** Saves a checkpoint before the first post is read, so that no post is lost if the folder is not writable. */
    void open() throws InterruptedException {
        Checkpoint last = state.checkpoint();
        SinkState opened = sink.open(last.sink());
        long deadLetterBytes = store.keepDeadLetters(List.of(), last.deadLetterBytes());
        save(new Checkpoint(last.position(), opened, deadLetterBytes, last.counts(), clock.instant()));
    }

    /** Writes all posts until the reader has finished and the queue is empty. */
    void run() throws InterruptedException {
        while (!queue.isDrained()) {
            for (PostQueue.Entry entry : queue.takeAll()) {
                if (!batch.fits(entry)) {
                    commit();
                }
                add(entry);
            }
            if (!batch.isEmpty() && ticker.nanoTime() - batchStart >= MAX_AGE) {
                commit();
            }
            publishDue();
            saveLosses();
        }
        commit();
    }

    private void add(PostQueue.Entry entry) {
        if (batch.isEmpty()) {
            batchStart = ticker.nanoTime();
        }
        batch.add(entry);
    }

    private void commit() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        Checkpoint last = state.checkpoint();
        long deadLetterBytes = batch.deadLetters().isEmpty()
                ? last.deadLetterBytes()
                : store.keepDeadLetters(batch.deadLetters(), last.deadLetterBytes());
        SinkState written = batch.posts().isEmpty() ? last.sink() : sink.write(batch.posts());
        save(new Checkpoint(
                batch.position(),
                written,
                deadLetterBytes,
                batch.addTo(last.counts(), state.lossesBefore()),
                clock.instant()));
        state.bufferedPosts.addAndGet(-batch.queuedPosts());
        state.bufferedBytes.addAndGet(-batch.queuedBytes());
        batch = new Batch(sink.limits());
    }

    private void publishDue() throws InterruptedException {
        Optional<SinkState> published = sink.publishDue();
        if (published.isPresent()) {
            save(state.checkpoint().with(published.get(), clock.instant()));
        }
    }

    private void saveLosses() {
        if (!batch.isEmpty() || ticker.nanoTime() - lastSave < LOSSES_INTERVAL) {
            return;
        }
        Counts counts = state.checkpoint().counts();
        Counts latest = counts.withLosses(state.losses(source));
        if (!latest.equals(counts)) {
            save(state.checkpoint().with(latest, clock.instant()));
        }
    }

    /** Publishes all posts. */
    void finish() throws InterruptedException {
        Instant now = clock.instant();
        Checkpoint finished = state.checkpoint().with(sink.finish(), now);
        save(finished.with(finished.counts().withLosses(state.losses(source)), now));
    }

    /** Counts the posts after the last checkpoint when the sink has failed, because they may have cost money. */
    void saveDiscarded() {
        Checkpoint last = state.checkpoint();
        long discarded = state.delivered.get() - last.counts().delivered();
        if (discarded == 0) {
            return;
        }
        Counts counts = last.counts().plusDiscarded(discarded).withLosses(state.losses(source));
        save(last.with(counts, clock.instant()));
    }

    private void save(Checkpoint checkpoint) {
        store.save(checkpoint);
        state.saved(checkpoint);
        lastSave = ticker.nanoTime();
    }
}
