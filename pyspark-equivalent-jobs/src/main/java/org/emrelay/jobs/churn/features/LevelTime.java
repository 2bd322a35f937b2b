package org.emrelay.jobs.churn.features;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For how long a user was on each level: from an event to the next one, or to the cutoff. */
final class LevelTime {
    private final Map<String, Long> closed = new HashMap<>();
    private @Nullable String current;
    private long since;
    private long changes;

    void add(@Nullable String level, long micros) {
        if (level == null || level.equals(current)) {
            return;
        }
        if (current == null) {
            since = micros;
        } else {
            closed.merge(current, micros - since, Long::sum);
            since = micros;
            changes++;
        }
        current = level;
    }

    @Nullable
    String current() {
        return current;
    }

    long changes() {
        return changes;
    }

    /** The share of the time since the first event with a level; 0 of a level that never was. */
    double share(@Nullable String level, long cutoff) {
        if (current == null || level == null) {
            return 0;
        }
        // Before the cutoff is before: the last stretch is never empty.
        long last = cutoff - since;
        long all = closed.values().stream().mapToLong(Long::longValue).sum() + last;
        long its = closed.getOrDefault(level, 0L) + (level.equals(current) ? last : 0);
        return its / (double) all;
    }
}
