package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.run.Event.RunEnded;
import org.jspecify.annotations.Nullable;

/**
 * A run with what its journal tells of it.
 *
 * @param until when it ended, else when its journal was last written; null if it is empty
 */
public record RecordedRun(Run run, RunState state, @Nullable Instant until) {
    public RecordedRun {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(state, "state");
    }

    /**
     * Reads the journal of a run, which another process may be executing.
     *
     * @throws CorruptRunException when the journal cannot be read
     */
    public static RecordedRun read(Run run, Journals journals) throws IOException {
        List<Event> events = journals.read(run.id());
        RunState state = RunLog.replay(run, events, journals.location(run.id()));
        Instant until = events.stream()
                .filter(event -> state.outcome() == null || event instanceof RunEnded)
                .map(Event::time)
                .reduce((earlier, later) -> later)
                .orElse(null);
        return new RecordedRun(run, state, until);
    }

    /** What its cluster has cost, and for what; empty if unknown. */
    public Optional<Bill> bill() {
        return RunBill.of(run.plan(), state);
    }

    /** When its first execution began; null if none has. */
    public @Nullable Instant started() {
        return state.began();
    }
}
