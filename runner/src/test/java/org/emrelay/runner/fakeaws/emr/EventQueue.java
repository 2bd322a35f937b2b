package org.emrelay.runner.fakeaws.emr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A queue of scheduled events. Due events run at the next call, at the time they were scheduled for. */
final class EventQueue {
    private final Clock clock;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
    private long nextOrder;
    private @Nullable Instant currentEventTime;

    private record Event(Instant at, long order, Runnable action) {}

    EventQueue(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return currentEventTime == null ? clock.instant() : currentEventTime;
    }

    void schedule(Duration delay, Runnable action) {
        events.add(new Event(now().plus(delay), nextOrder++, action));
    }

    void runDue() {
        Instant now = clock.instant();
        while (!events.isEmpty() && !events.element().at().isAfter(now)) {
            Event event = events.remove();
            currentEventTime = event.at();
            try {
                event.action().run();
            } finally {
                currentEventTime = null;
            }
        }
    }
}
