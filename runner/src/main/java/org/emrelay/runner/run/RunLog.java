package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.platform.SecretMask;

/** A run's journal and the state derived from it. An event takes effect only once it is journalled. */
final class RunLog {
    private final Journal journal;
    private final EventMask mask;
    private final RunListener listener;
    private RunState state;

    RunLog(Run run, Journal journal, String location, RunListener listener) throws CorruptRunException {
        this.journal = journal;
        this.mask = new EventMask(SecretMask.of(run.plan()));
        this.listener = listener;
        this.state = replay(run, journal.events(), location);
    }

    /** Derives the state from a journal's events. */
    static RunState replay(Run run, List<Event> events, String location) throws CorruptRunException {
        RunState state = RunState.of(run.plan());
        try {
            return state.after(events);
        } catch (IllegalTransitionException exception) {
            throw new CorruptRunException(location + ": inconsistent events (" + exception.getMessage()
                    + "). This run cannot continue; add the steps again.");
        }
    }

    RunState state() {
        return state;
    }

    /** Call before every change to the platform or the workspace: {@link Journal#checkOwnership}. */
    void checkOwnership() throws IOException {
        journal.checkOwnership();
    }

    void add(Event event) throws IOException {
        add(List.of(event));
    }

    void add(List<Event> unmasked) throws IOException {
        if (unmasked.isEmpty()) {
            return;
        }
        List<Event> events = unmasked.stream().map(mask::mask).toList();
        RunState next = state.after(events);
        journal.append(events);
        state = next;
        events.forEach(event -> listener.recorded(event, next));
    }
}
