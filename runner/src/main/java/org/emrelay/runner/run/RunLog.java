package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;

/** A run's journal and the state that follows from it, kept in step: nothing counts before it is in the journal. */
final class RunLog {
    private final Journal journal;
    private final RunListener listener;
    private RunState state;

    RunLog(Run run, Journal journal, String place, RunListener listener) throws CorruptRunException {
        this.journal = journal;
        this.listener = listener;
        this.state = replay(run, journal.events(), place);
    }

    /** The state that a journal's events lead to. */
    static RunState replay(Run run, List<Event> events, String place) throws CorruptRunException {
        RunState state = RunState.of(run.plan());
        try {
            return state.after(events);
        } catch (IllegalTransitionException exception) {
            throw new CorruptRunException(place + ": the events do not fit together (" + exception.getMessage()
                    + "). Add the steps again, for this run cannot go on.");
        }
    }

    RunState state() {
        return state;
    }

    /** Asked just before anything is done to the platform or the workspace: {@link Journal#confirm}. */
    void confirm() throws IOException {
        journal.confirm();
    }

    void add(Event event) throws IOException {
        add(List.of(event));
    }

    void add(List<Event> events) throws IOException {
        if (events.isEmpty()) {
            return;
        }
        RunState next = state.after(events);
        journal.append(events);
        state = next;
        events.forEach(event -> listener.happened(event, next));
    }
}
