package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.RunId;

/** Journals that outlive their writers, and can make one die before or after its n-th event. */
final class InMemoryJournals implements Journals {
    /** The end of a process, as far as a test can bring it about. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<RunId, List<Event>> kept = new HashMap<>();
    private int dieAfter = Integer.MAX_VALUE;

    /** Lets the writer of the event with this number, counted over all journals' events from 0, die once it is kept. */
    void dieAfter(int events) {
        dieAfter = events;
    }

    void liveOn() {
        dieAfter = Integer.MAX_VALUE;
    }

    List<Event> of(RunId run) {
        return kept.computeIfAbsent(run, key -> new ArrayList<>());
    }

    @Override
    public Journal open(RunId run) {
        return new Journal() {
            @Override
            public List<Event> events() {
                return List.copyOf(of(run));
            }

            @Override
            public void append(List<Event> events) {
                for (Event event : events) {
                    if (of(run).size() >= dieAfter) {
                        throw new Killed();
                    }
                    of(run).add(event);
                }
                if (of(run).size() >= dieAfter) {
                    throw new Killed();
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<Event> read(RunId run) {
        return List.copyOf(of(run));
    }

    @Override
    public String place(RunId run) {
        return "memory:/runs/" + run + "/events.jsonl";
    }
}
