package org.emrelay.jobs.churn.features;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a user was on each level.
 *
 * <p>An interval lasts from an event to the next one with another level, or to the cutoff.
 */
final class LevelDurations {
    private final Map<String, Long> completed = new HashMap<>();
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
            completed.merge(current, micros - since, Long::sum);
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

    /** Returns the share of the time since the first event with a level; 0 for a level that never occurred. */
    double share(@Nullable String level, long cutoff) {
        if (current == null || level == null) {
            return 0;
        }
        // Events are before the cutoff, so the last interval is never empty.
        long lastInterval = cutoff - since;
        long total = completed.values().stream().mapToLong(Long::longValue).sum() + lastInterval;
        long levelTime = completed.getOrDefault(level, 0L) + (level.equals(current) ? lastInterval : 0);
        return levelTime / (double) total;
    }
}
