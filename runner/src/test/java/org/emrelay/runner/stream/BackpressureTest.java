package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that never ends, and a sink that takes no more. */
final class BackpressureTest {
    private static final int POST_BYTES = 10_000;
    private static final long MAX_BUFFERED = 40L << 20;

    private final TickingClock clock = new TickingClock("2026-12-01T10:00:00Z");
    private final MemoryStore store = new MemoryStore();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final EndlessSource source = new EndlessSource();
    private final StuckSink sink = new StuckSink();
    private final Pump pump = pump(null);

    private Pump pump(@Nullable Double dollarsPerPost) {
        return new Pump(
                new Pump.Stages(source, PostFilter.of(List.of(), List.of()), sink, store),
                Checkpoint.NONE,
                Limits.NONE,
                dollarsPerPost,
                status -> {},
                clock,
                clock);
    }

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private static final class EndlessSource implements PostSource {
        private final AtomicLong delivered = new AtomicLong();
        private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();
        private volatile boolean silent;

        @Override
        public Optional<Post> read(Duration wait) throws InterruptedException {
            reader.set(Thread.currentThread());
            if (silent) {
                new CountDownLatch(1).await();
            }
            byte[] line = "x".repeat(POST_BYTES).getBytes(StandardCharsets.UTF_8);
            return Optional.of(new Post(line, new Position(Long.toString(delivered.incrementAndGet()))));
        }

        void awaitWaitingReader() {
            Thread thread = reader.get();
            while (thread == null || thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
                thread = reader.get();
            }
        }

        @Override
        public boolean isExhausted() {
            return false;
        }

        @Override
        public SourceStatus status() {
            return new SourceStatus("connected", 1, null, null);
        }

        @Override
        public SourceLosses losses() {
            return SourceLosses.NONE;
        }

        @Override
        public void close() {}
    }

    private static final class StuckSink implements PostSink {
        private final CountDownLatch writing = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private long kept;

        @Override
        public BatchLimits limits() {
            return new BatchLimits(100, 1 << 20, 1 << 20);
        }

        @Override
        public SinkState open(SinkState saved) {
            return saved;
        }

        @Override
        public SinkState write(List<Post> posts) throws InterruptedException {
            writing.countDown();
            released.await();
            kept += posts.size();
            return SinkState.NONE;
        }

        @Override
        public SinkState finish() {
            return SinkState.NONE;
        }

        @Override
        public void close() {}
    }

    @Test
    void theSourceIsNotReadWhileTheSinkTakesNoMore() throws Exception {
        Future<StreamEnd> end = executor.submit(pump::run);
        sink.writing.await();
        source.awaitWaitingReader();

        assertThat(source.delivered.get() * POST_BYTES).isLessThan(MAX_BUFFERED);

        pump.stop(StreamEnd.STOPPED);
        sink.released.countDown();
        assertThat(end.get()).isEqualTo(StreamEnd.STOPPED);
        assertThat(sink.kept).isEqualTo(source.delivered.get());
        assertThat(store.last().position()).isEqualTo(new Position(Long.toString(sink.kept)));
    }

    /** A sink may retry for ever. An interrupt still ends the program, and no checkpoint covers the posts that are not kept. */
    @Test
    void anInterruptAbandonsWhatIsNotKept() throws Exception {
        interruptWhileWriting(pump);

        assertThat(store.last().position()).isNull();
        assertThat(store.last().counts()).isEqualTo(Counts.ZERO);
    }

    /** They count towards the limit of dollars. */
    @Test
    void chargedPostsAreCountedEvenIfTheyAreNotKept() throws Exception {
        interruptWhileWriting(pump(.005));

        assertThat(store.last().position()).isNull();
        assertThat(store.last().counts()).isEqualTo(Counts.ZERO.plusDiscarded(source.delivered.get()));
    }

    private void interruptWhileWriting(Pump interrupted) throws InterruptedException {
        Future<StreamEnd> end = executor.submit(interrupted::run);
        sink.writing.await();
        source.awaitWaitingReader();

        executor.shutdownNow();

        assertThatThrownBy(end::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void aSourceThatDoesNotReturnIsInterruptedAfterAStop() throws Exception {
        source.silent = true;
        Future<StreamEnd> end = executor.submit(pump::run);
        source.awaitWaitingReader();

        pump.stop(StreamEnd.INTERRUPTED);
        clock.advance(Duration.ofMillis(4_800));
        assertThat(end.isDone()).isFalse();
        clock.advance(Duration.ofMillis(200));

        assertThat(end.get()).isEqualTo(StreamEnd.INTERRUPTED);
    }

    @Test
    void aPostThatIsLargerThanTheQueueIsTaken() throws InterruptedException {
        PostQueue queue = new PostQueue(10, 5);
        queue.put(new Post(new byte[100], new Position("1")), SourceLosses.NONE);

        assertThat(queue.takeAll()).hasSize(1);
    }

    @Test
    void filteredPostsTakeNoPlace() throws InterruptedException {
        PostQueue queue = new PostQueue(4, 1_000);
        queue.putFiltered(new Position("1"), SourceLosses.NONE);
        queue.put(new Post(new byte[1], new Position("2")), SourceLosses.NONE);
        for (int i = 3; i <= 100; i++) {
            queue.putFiltered(new Position(Integer.toString(i)), SourceLosses.NONE);
        }
        queue.wake();

        List<PostQueue.Entry> entries = queue.takeAll();
        assertThat(entries).extracting(PostQueue.Entry::filtered).containsExactly(1L, 98L);
        assertThat(entries).extracting(entry -> entry.position().value()).containsExactly("1", "100");
    }
}
