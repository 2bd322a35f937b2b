package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.stream.StreamStatus.Phase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PumpTest {
    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final PostFilter ALL = PostFilter.of(List.of(), List.of());

    private final TickingClock clock = new TickingClock(START.toString());
    private final MemoryStore store = new MemoryStore();
    private final List<StreamStatus> statuses = new ArrayList<>();
    private MemorySink sink = new MemorySink();
    private PostFilter filter = ALL;
    private Checkpoint checkpoint = Checkpoint.NONE;
    private Limits limits = Limits.NONE;
    private @Nullable Double dollarsPerPost;

    private Pump pump(PostSource source, PostSink target) {
        return new Pump(
                new Pump.Stages(source, filter, target, store),
                checkpoint,
                limits,
                dollarsPerPost,
                statuses::add,
                clock,
                clock);
    }

    private StreamEnd run(PostSource source) throws InterruptedException {
        return pump(source, sink).run();
    }

    private static String post(String text) {
        return "{\"data\":{\"text\":\"" + text + "\"}}";
    }

    private static Counts counts(long filtered, long kept, long deadLetters, long keptBytes) {
        return Counts.ZERO.plus(filtered, kept, deadLetters, keptBytes);
    }

    @Test
    void keepsPostsInTheirOrderAndSavesThePositionAfterThem() throws InterruptedException {
        StreamEnd end = run(new ScriptedSource().posts("{\"a\":1}", "{\"a\":2}"));

        assertThat(end).isEqualTo(StreamEnd.EXHAUSTED);
        assertThat(sink.batches()).containsExactly(List.of("{\"a\":1}", "{\"a\":2}"));
        assertThat(store.checkpoints())
                .containsExactly(
                        new Checkpoint(null, SinkState.NONE, 0, Counts.ZERO, START),
                        new Checkpoint(new Position("2"), new SinkState("1 batches"), 0, counts(0, 2, 0, 16), START),
                        new Checkpoint(
                                new Position("2"),
                                new SinkState("1 batches, finished"),
                                0,
                                counts(0, 2, 0, 16),
                                START));
    }

    @Test
    void continuesFromACheckpoint() throws InterruptedException {
        checkpoint = new Checkpoint(new Position("2"), new SinkState("before"), 7, counts(1, 1, 0, 8), START);
        ScriptedSource source =
                new ScriptedSource().posts("{}", "{}", "{\"a\":3}").from(new Position("2"));

        run(source);

        assertThat(sink.opened()).isEqualTo(new SinkState("before"));
        assertThat(store.last())
                .isEqualTo(new Checkpoint(
                        new Position("3"), new SinkState("1 batches, finished"), 7, counts(1, 2, 0, 16), START));
    }

    @Test
    void respectsTheLimitsOfTheSink() throws InterruptedException {
        sink = new MemorySink(new BatchLimits(3, 20, 20));

        run(new ScriptedSource().posts("1", "2", "3", "4", "a".repeat(10), "b".repeat(10), "c"));

        assertThat(sink.batches())
                .containsExactly(List.of("1", "2", "3"), List.of("4", "a".repeat(10)), List.of("b".repeat(10), "c"));
        assertThat(store.checkpoints())
                .extracting(saved -> saved.counts().kept())
                .containsExactly(0L, 3L, 5L, 7L, 7L);
    }

    @Test
    void filteredPostsAdvanceThePosition() throws InterruptedException {
        filter = PostFilter.of(List.of("rocket"), List.of());

        run(new ScriptedSource().posts(post("snow"), post("a rocket"), post("rain"), post("sun")));

        assertThat(sink.batches()).containsExactly(List.of(post("a rocket")));
        assertThat(store.last().position()).isEqualTo(new Position("4"));
        assertThat(store.last().counts())
                .isEqualTo(counts(3, 1, 0, post("a rocket").length() + 1));
    }

    @Test
    void withoutAMatchTheSinkIsNotUsedAndThePositionIsSavedNevertheless() throws InterruptedException {
        filter = PostFilter.of(List.of("rocket"), List.of());

        run(new ScriptedSource().posts(post("snow"), post("rain")));

        assertThat(sink.batches()).isEmpty();
        assertThat(store.last().position()).isEqualTo(new Position("2"));
        assertThat(store.last().counts()).isEqualTo(counts(2, 0, 0, 0));
    }

    @Test
    void postsThatAreTooLargeForTheSinkBecomeDeadLetters() throws InterruptedException {
        sink = new MemorySink(new BatchLimits(10, 100, 10));

        run(new ScriptedSource().posts("123456789", "1234567890", "1"));

        assertThat(sink.batches()).containsExactly(List.of("123456789", "1"));
        assertThat(store.deadLetters()).containsExactly("1234567890");
        assertThat(store.last().counts()).isEqualTo(counts(0, 2, 1, 12));
        assertThat(store.last().deadLetterBytes()).isEqualTo(11);
    }

    /** Otherwise posts of a quiet stream would not arrive. */
    @Test
    void writesWhatHasWaitedForASecond() throws InterruptedException {
        run(new ScriptedSource()
                .posts("{\"a\":1}")
                .then(() -> advanceUntil(() -> sink.batches().size() == 1))
                .posts("{\"a\":2}"));

        assertThat(sink.batches()).containsExactly(List.of("{\"a\":1}"), List.of("{\"a\":2}"));
    }

    private interface Condition {
        boolean holds();
    }

    private void advanceUntil(Condition condition) {
        while (!condition.holds()) {
            clock.advance(Duration.ofMillis(200));
            Thread.onSpinWait();
        }
    }

    @Test
    void aStopEndsItAfterWritingWhatWasRead() throws InterruptedException {
        AtomicReference<@Nullable Pump> pump = new AtomicReference<>();
        ScriptedSource source = new ScriptedSource()
                .posts("1", "2")
                .then(() -> pump.get().stop(StreamEnd.INTERRUPTED))
                .posts("3");
        pump.set(pump(source, sink));

        assertThat(pump.get().run()).isEqualTo(StreamEnd.INTERRUPTED);

        assertThat(sink.batches()).containsExactly(List.of("1", "2"));
        assertThat(sink.isFinished()).isTrue();
        assertThat(store.last().position()).isEqualTo(new Position("2"));
    }

    @Test
    void aStopRequestOfAnotherProcessEndsIt() throws InterruptedException {
        StreamEnd end = run(new ScriptedSource()
                .posts("1")
                .then(store::requestStop)
                .then(() -> clock.advance(Duration.ofMillis(200)))
                .posts("2"));

        assertThat(end).isEqualTo(StreamEnd.STOPPED);
        assertThat(store.last().position()).isEqualTo(new Position("1"));
    }

    @Test
    void theDurationEndsIt() throws InterruptedException {
        limits = new Limits(null, Duration.ofHours(2), null);

        StreamEnd end = run(new ScriptedSource()
                .then(() -> clock.advance(Duration.ofMinutes(119)))
                .posts("1")
                .then(() -> clock.advance(Duration.ofMinutes(1)))
                .posts("2"));

        assertThat(end).isEqualTo(StreamEnd.DURATION_LIMIT);
        assertThat(store.last().position()).isEqualTo(new Position("1"));
    }

    /** A laptop's clock may jump; the time that has passed does not. */
    @Test
    void aClockThatJumpsDoesNotEndIt() throws InterruptedException {
        limits = new Limits(null, Duration.ofHours(2), null);

        StreamEnd end = run(new ScriptedSource()
                .then(() -> clock.jump(Duration.ofDays(3)))
                .then(() -> clock.advance(Duration.ofSeconds(1)))
                .posts("1"));

        assertThat(end).isEqualTo(StreamEnd.EXHAUSTED);
    }

    @Test
    void thePostsLimitCountsFilteredPostsAndThoseOfEarlierStarts() throws InterruptedException {
        filter = PostFilter.of(List.of("rocket"), List.of());
        checkpoint = new Checkpoint(new Position("1"), SinkState.NONE, 0, counts(0, 1, 0, 9), START);
        limits = new Limits(3L, null, null);

        StreamEnd end = run(new ScriptedSource()
                .posts(post("x"), post("snow"), post("rocket"), post("rocket"))
                .from(new Position("1")));

        assertThat(end).isEqualTo(StreamEnd.POSTS_LIMIT);
        assertThat(store.last().position()).isEqualTo(new Position("3"));
    }

    @Test
    void theCostLimitIsNotExceeded() throws InterruptedException {
        limits = new Limits(1_000L, null, 0.0125);
        dollarsPerPost = 0.005;

        StreamEnd end = run(new ScriptedSource().posts("1", "2", "3"));

        assertThat(end).isEqualTo(StreamEnd.COST_LIMIT);
        assertThat(store.last().counts().read()).isEqualTo(2);
        assertThat(statuses.get(statuses.size() - 1).cost()).isEqualTo(0.01);
    }

    @Test
    void aFailureOfTheSourceIsReportedAfterWritingWhatWasRead() {
        ScriptedSource source = new ScriptedSource().posts("1").then(() -> {
            throw new StreamException("The token is refused.");
        });

        assertThatThrownBy(() -> run(source))
                .isInstanceOf(StreamException.class)
                .hasMessage("The token is refused.");

        assertThat(sink.batches()).containsExactly(List.of("1"));
        assertThat(sink.isFinished()).isTrue();
        assertThat(store.last().position()).isEqualTo(new Position("1"));
    }

    /** The posts after the first batch were paid for, and are not kept. */
    @Test
    void afterAFailureOfTheSinkOnlyTheLastCheckpointCounts() {
        dollarsPerPost = 0.005;
        FailingSink failing = new FailingSink(new BatchLimits(2, 100, 100), 2);

        assertThatThrownBy(() -> pump(new ScriptedSource().posts("1", "2", "3", "4", "5"), failing)
                        .run())
                .isInstanceOf(StreamException.class)
                .hasMessage("The bucket is gone.");

        assertThat(failing.finished()).isFalse();
        assertThat(store.last())
                .isEqualTo(new Checkpoint(
                        new Position("2"),
                        new SinkState("1"),
                        0,
                        counts(0, 2, 0, 4).plusDiscarded(3),
                        START));
        assertThat(store.last().counts().delivered()).isEqualTo(5);
    }

    /** A source that charges nothing repeats them. */
    @Test
    void freePostsThatWereNotKeptDoNotCount() {
        FailingSink failing = new FailingSink(new BatchLimits(2, 100, 100), 2);

        assertThatThrownBy(() -> pump(new ScriptedSource().posts("1", "2", "3", "4", "5"), failing)
                        .run())
                .hasMessage("The bucket is gone.");

        assertThat(store.last().counts()).isEqualTo(counts(0, 2, 0, 4));
    }

    /** A failing sink that is started again and again must not cost more than the limit. */
    @Test
    void discardedPostsCountForTheLimits() throws InterruptedException {
        checkpoint = new Checkpoint(
                new Position("1"), SinkState.NONE, 0, counts(0, 1, 0, 2).plusDiscarded(3), START);
        limits = new Limits(4L, null, null);

        StreamEnd end = run(new ScriptedSource().posts("1", "2").from(new Position("1")));

        assertThat(end).isEqualTo(StreamEnd.POSTS_LIMIT);
        assertThat(sink.batches()).isEmpty();
    }

    @Test
    void aFailureOfTheListenerEndsItAfterWritingWhatWasRead() {
        PostSource source = new ScriptedSource()
                .posts("1")
                .then(() -> clock.advance(Duration.ofSeconds(1)))
                .posts("2");
        Pump pump = new Pump(
                new Pump.Stages(source, ALL, sink, store),
                checkpoint,
                limits,
                null,
                status -> {
                    if (status.phase() == Phase.RUNNING) {
                        throw new IllegalStateException("no terminal");
                    }
                },
                clock,
                clock);

        assertThatThrownBy(pump::run).isInstanceOf(IllegalStateException.class).hasMessage("no terminal");

        assertThat(store.last().position()).isEqualTo(new Position("1"));
    }

    /** Nothing is read if the position could not be saved. */
    @Test
    void savesACheckpointBeforeTheFirstRead() {
        List<String> read = new ArrayList<>();
        StreamStore full = new StreamStore() {
            @Override
            public void save(Checkpoint saved) {
                throw new StreamException("Cannot write checkpoint.json: No space left on device.");
            }

            @Override
            public long keepDeadLetters(List<Post> posts, long length) {
                return length;
            }

            @Override
            public boolean isStopRequested() {
                return false;
            }
        };
        PostSource source = new ScriptedSource().then(() -> read.add("read"));

        assertThatThrownBy(() -> new Pump(
                                new Pump.Stages(source, ALL, sink, full),
                                checkpoint,
                                limits,
                                null,
                                statuses::add,
                                clock,
                                clock)
                        .run())
                .hasMessage("Cannot write checkpoint.json: No space left on device.");
        assertThat(read).isEmpty();
    }

    @Test
    void reportsTheStatusOnceASecondAndAtTheEnd() throws InterruptedException {
        dollarsPerPost = 0.005;
        List<String> ten = IntStream.range(0, 10).mapToObj(i -> "{\"a\":1}").toList();

        run(new ScriptedSource()
                .posts(ten)
                .then(() -> clock.advance(Duration.ofMillis(900)))
                .then(() -> clock.advance(Duration.ofMillis(100))));

        StreamStatus first = statuses.get(0);
        assertThat(statuses).hasSize(2);
        assertThat(first.phase()).isEqualTo(Phase.RUNNING);
        assertThat(first.delivered()).isEqualTo(10);
        assertThat(first.postsPerSecond()).isEqualTo(10);
        assertThat(first.bufferedPosts() + first.counts().kept()).isEqualTo(10);
        assertThat(first.bufferedBytes() + first.counts().keptBytes()).isEqualTo(80);
        assertThat(first.cost()).isEqualTo(0.05);
        assertThat(first.started()).isEqualTo(START);
        assertThat(first.time()).isEqualTo(START.plusSeconds(1));
        StreamStatus last = statuses.get(1);
        assertThat(last.phase()).isEqualTo(Phase.ENDED);
        assertThat(last.counts()).isEqualTo(counts(0, 10, 0, 80));
        assertThat(last.bufferedPosts()).isZero();
        assertThat(last.bufferedBytes()).isZero();
    }
}
