package org.emrelay.runner.fakeaws.emr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What will happen by itself, and when; it happens as soon as anyone looks after that time, with the time at which it should have. */
final class Timetable {
    private final Clock clock;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::order));
    private long order;
    private @Nullable Instant happening;

    private record Entry(Instant at, long order, Runnable action) {}

    Timetable(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return happening == null ? clock.instant() : happening;
    }

    void after(Duration delay, Runnable action) {
        entries.add(new Entry(now().plus(delay), order++, action));
    }

    void settle() {
        Instant until = clock.instant();
        while (!entries.isEmpty() && !entries.element().at().isAfter(until)) {
            Entry entry = entries.remove();
            happening = entry.at();
            try {
                entry.action().run();
            } finally {
                happening = null;
            }
        }
    }
}
