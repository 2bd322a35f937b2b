package org.emrelay.jobs.classification.exploration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The behaviour of a cohort of users over the whole log.
 *
 * @param hours the share of events in each hour of the day, UTC
 * @param weekdays the share of events on each day of the week, Monday first, UTC
 * @param pages visits by page, per user and day between the user's first and last event
 * @param sessionMinutes session lengths, from first to last event
 * @param sessionsPerWeek sessions per week, by user
 * @param stayDays days from registration, or the first event if unknown, to the last event, by user
 */
public record CohortProfile(
        long users,
        List<Double> hours,
        List<Double> weekdays,
        Map<String, Double> pages,
        Histogram sessionMinutes,
        Histogram sessionsPerWeek,
        Histogram stayDays) {
    public CohortProfile {
        hours = List.copyOf(hours);
        weekdays = List.copyOf(weekdays);
        pages = new TreeMap<>(pages);
        Objects.requireNonNull(sessionMinutes, "sessionMinutes");
        Objects.requireNonNull(sessionsPerWeek, "sessionsPerWeek");
        Objects.requireNonNull(stayDays, "stayDays");
    }
}
