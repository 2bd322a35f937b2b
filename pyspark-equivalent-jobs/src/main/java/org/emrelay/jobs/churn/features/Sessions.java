package org.emrelay.jobs.churn.features;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A user's sessions in the order in which they begin; events are told in the order of their time. */
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

    /** 0 without a session. */
    double meanMinutes() {
        return meanMinutes(session -> true);
    }

    /** Of sessions that begin at that moment or later; 0 without one. */
    double meanMinutesSince(long micros) {
        return meanMinutes(session -> session.first >= micros);
    }

    /** Of sessions that begin before that moment; 0 without one. */
    double meanMinutesBefore(long micros) {
        return meanMinutes(session -> session.first < micros);
    }

    /** From the end of one to the beginning of the next, on average; 0 where there is but one. */
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

    private double meanMinutes(Predicate<Session> which) {
        return byId.values().stream()
                .filter(which)
                .mapToDouble(Session::minutes)
                .average()
                .orElse(0);
    }

    /** From its first event to its last. */
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
