package org.emrelay.jobs.churn.features;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The sessions of a user by start time, built from events in chronological order. */
final class Sessions {
    private final Map<Long, Session> byId = new LinkedHashMap<>();

    void add(long id, long micros) {
        Session session = byId.get(id);
        if (session == null) {
            byId.put(id, new Session(micros));
        } else {
            session.last = micros;
        }
    }

    int count() {
        return byId.size();
    }

    long countSince(long micros) {
        return byId.values().stream().filter(session -> session.first >= micros).count();
    }

    /** Returns 0 without a session. */
    double meanMinutes() {
        return meanMinutes(session -> true);
    }

    /** Returns the mean of the sessions that start at this time or later; 0 if there are none. */
    double meanMinutesSince(long micros) {
        return meanMinutes(session -> session.first >= micros);
    }

    /** Returns the mean of the sessions that start before this time; 0 if there are none. */
    double meanMinutesBefore(long micros) {
        return meanMinutes(session -> session.first < micros);
    }

    /** Returns the mean time from the end of a session to the start of the next; 0 for a single session. */
    double meanHoursBetween() {
        long idle = 0;
        long end = Long.MIN_VALUE;
        for (Session session : byId.values()) {
            if (end != Long.MIN_VALUE) {
                idle += Math.max(0, session.first - end);
            }
            end = Math.max(end, session.last);
        }
        return byId.size() < 2 ? 0 : Utc.hours(idle) / (byId.size() - 1);
    }

    Collection<Session> all() {
        return byId.values();
    }

    private double meanMinutes(Predicate<Session> filter) {
        return byId.values().stream()
                .filter(filter)
                .mapToDouble(Session::minutes)
                .average()
                .orElse(0);
    }

    /** A session, from its first event to its last. */
    static final class Session {
        private final long first;
        private long last;

        private Session(long micros) {
            first = micros;
            last = micros;
        }

        double minutes() {
            return Utc.minutes(last - first);
        }
    }
}
