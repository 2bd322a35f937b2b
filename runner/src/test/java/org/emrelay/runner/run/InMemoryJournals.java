package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.RunId;

/** In-memory journals that outlive their writers. They can kill a writer before or after its n-th event. */
public final class InMemoryJournals implements Journals {
    /** Simulates the death of the process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<RunId, List<Event>> events = new HashMap<>();
    private int killAfter = Integer.MAX_VALUE;

    /** The number of journals read. */
    int reads;

    /** Kills the writer once a journal holds this many events. */
    void killAfter(int events) {
        killAfter = events;
    }

    void stopKilling() {
        killAfter = Integer.MAX_VALUE;
    }

    List<Event> of(RunId run) {
        return events.computeIfAbsent(run, key -> new ArrayList<>());
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
                    if (of(run).size() >= killAfter) {
                        throw new Killed();
                    }
                    of(run).add(event);
                }
                if (of(run).size() >= killAfter) {
                    throw new Killed();
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<Event> read(RunId run) {
        reads++;
        return List.copyOf(of(run));
    }

    @Override
    public String location(RunId run) {
        return "memory:/runs/" + run + "/events.jsonl";
    }
}
