package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source missed or dropped, in the checkpoints and the status. */
@Timeout(60)
final class PumpLossesTest {
    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final SourceLosses LOSSES = new SourceLosses(Duration.ofSeconds(30), 1, 2);

    private final TickingClock clock = new TickingClock(START.toString());
    private final MemoryStore store = new MemoryStore();
    private final StatusLog statuses = new StatusLog();

    private static final class StatusLog implements StatusListener {
        private SourceLosses last = SourceLosses.NONE;

        @Override
        public void updated(StreamStatus status) {
            last = status.losses();
        }
    }

    private void run(SourceLosses before, BatchLimits limits, ScriptedSource source) throws InterruptedException {
        PostFilter all = PostFilter.of(List.of(), List.of());
        Counts counts = Counts.ZERO.withLosses(before);
        new Pump(
                        new Pump.Stages(source, all, new MemorySink(limits), store),
                        new Checkpoint(null, SinkState.NONE, 0, counts, START),
                        Limits.NONE,
                        null,
                        statuses,
                        clock,
                        clock)
                .run();
    }

    @Test
    void theyAreCountedSinceTheCreationOfTheStream() throws InterruptedException {
        SourceLosses before = new SourceLosses(Duration.ofMinutes(1), 10, 20);

        run(
                before,
                new BatchLimits(10, 100, 100),
                new ScriptedSource().posts("1").losses(LOSSES));

        SourceLosses total = new SourceLosses(Duration.ofSeconds(90), 11, 22);
        assertThat(store.last().counts().losses()).isEqualTo(total);
        assertThat(statuses.last).isEqualTo(total);
    }

    /** What comes after the position is read, and counted, again after a kill. */
    @Test
    void aCheckpointHasThoseBeforeItsPosition() throws InterruptedException {
        run(
                SourceLosses.NONE,
                new BatchLimits(1, 100, 100),
                new ScriptedSource().posts("1").losses(LOSSES).posts("2"));

        assertThat(store.checkpoints())
                .extracting(checkpoint -> checkpoint.counts().losses())
                .containsExactly(SourceLosses.NONE, SourceLosses.NONE, LOSSES, LOSSES);
    }

    @Test
    void aLongGapIsSavedEvenIfNoPostArrives() throws InterruptedException {
        run(
                SourceLosses.NONE,
                new BatchLimits(10, 100, 100),
                new ScriptedSource().losses(LOSSES).then(this::advanceUntilSaved));
    }

    private void advanceUntilSaved() {
        while (!store.last().counts().losses().equals(LOSSES)) {
            clock.advance(Duration.ofMillis(200));
            Thread.onSpinWait();
        }
        assertThat(clock.instant()).isAfterOrEqualTo(START.plusSeconds(60));
    }
}
