package org.emrelay.runner.run;

import java.util.List;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;

/** Passes the progress of a run on to several listeners, in this order. */
public record RunListeners(List<RunListener> listeners) implements RunListener {
    public RunListeners {
        listeners = List.copyOf(listeners);
    }

    public static RunListener of(RunListener... listeners) {
        return new RunListeners(List.of(listeners));
    }

    @Override
    public void opened(Run run, RunState state) {
        listeners.forEach(listener -> listener.opened(run, state));
    }

    @Override
    public void submitting(List<AttemptRequest> requests) {
        listeners.forEach(listener -> listener.submitting(requests));
    }

    @Override
    public void recorded(Event event, RunState state) {
        listeners.forEach(listener -> listener.recorded(event, state));
    }

    @Override
    public void waiting(RunState state, List<AttemptStatus> attempts) {
        listeners.forEach(listener -> listener.waiting(state, attempts));
    }

    @Override
    public void ended(RunResult result) {
        listeners.forEach(listener -> listener.ended(result));
    }
}
