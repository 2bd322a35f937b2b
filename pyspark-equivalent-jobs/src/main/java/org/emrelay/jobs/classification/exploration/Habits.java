package org.emrelay.jobs.classification.exploration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a group of users behaves, from one end of the log to the other.
 *
 * @param hours the share of all events in each of the 24 hours of the day, UTC
 * @param weekdays the share of all events on each day of the week, Monday first, UTC
 * @param pages visits per user and day between the user's first and last event
 * @param sessionMinutes from a session's first event to its last
 * @param sessionsPerWeek of each user
 * @param stayDays from registration, or else the first event, to the last
 */
public record Habits(
        long users,
        List<Double> hours,
        List<Double> weekdays,
        Map<String, Double> pages,
        Histogram sessionMinutes,
        Histogram sessionsPerWeek,
        Histogram stayDays) {
    public Habits {
        hours = List.copyOf(hours);
        weekdays = List.copyOf(weekdays);
        pages = new TreeMap<>(pages);
        Objects.requireNonNull(sessionMinutes, "sessionMinutes");
        Objects.requireNonNull(sessionsPerWeek, "sessionsPerWeek");
        Objects.requireNonNull(stayDays, "stayDays");
    }
}
