package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.churn.clean.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * A summary of a log: its time range, pages and HTTP statuses.
 *
 * <p>It takes one pass over five columns.
 *
 * @param strayEvents the number of events excluded because they are long before the log, from wrong clocks
 */
record LogSummary(List<EventGroup> groups, long strayEvents) {
    private static final int MAX_GAP_DAYS = 30;
    private static final long MIN_EVENTS_PER_STRAY = 1_000;

    LogSummary {
        groups = List.copyOf(groups);
    }

    /**
     * The events of one day with the same page and status.
     *
     * @param minAccountAge the shortest time from the registration of a user to such an event
     */
    record EventGroup(
            @Nullable String page,
            @Nullable Integer status,
            long count,
            long first,
            long last,
            @Nullable Long minAccountAge) {

        long day() {
            return Utc.day(first);
        }

        boolean isBefore(Cutoff cutoff) {
            if (cutoff instanceof Cutoff.At at) {
                return first < Utc.micros(at.instant());
            }
            return cutoff instanceof Cutoff.AfterRegistration after
                    && minAccountAge != null
                    && minAccountAge < after.days() * Utc.DAY;
        }

        boolean isCancellation() {
            return page != null && EncodedEvents.CHURN_PAGES.contains(page);
        }
    }

    static LogSummary of(Dataset<Row> events) {
        Column micros = unix_micros(col(EventLog.TIME));
        List<EventGroup> groups = new ArrayList<>();
        for (Row row : events.groupBy(EventLog.PAGE, EventLog.STATUS, EventLog.DATE)
                .agg(
                        count(lit(1)),
                        min(micros),
                        max(micros),
                        min(micros.minus(unix_micros(col(EventLog.REGISTRATION)))))
                .collectAsList()) {
            groups.add(new EventGroup(
                    row.getString(0), (Integer) row.get(1), row.getLong(3), row.getLong(4), row.getLong(5), (Long)
                            row.get(6)));
        }
        return of(groups);
    }

    static LogSummary of(List<EventGroup> allGroups) {
        SortedMap<Long, Long> byDay = new TreeMap<>();
        allGroups.forEach(group -> byDay.merge(group.day(), group.count(), Long::sum));
        long firstDay = firstDay(byDay);
        List<EventGroup> groups =
                allGroups.stream().filter(group -> group.day() >= firstDay).toList();
        return new LogSummary(groups, eventsOf(allGroups) - eventsOf(groups));
    }

    /** Returns the first day after the last long gap that has almost no events before it. */
    private static long firstDay(SortedMap<Long, Long> byDay) {
        long totalEvents = byDay.values().stream().mapToLong(Long::longValue).sum();
        long first = Long.MIN_VALUE;
        long previousDay = Long.MAX_VALUE;
        long eventsBefore = 0;
        for (Map.Entry<Long, Long> day : byDay.entrySet()) {
            if (previousDay < day.getKey() - MAX_GAP_DAYS && eventsBefore * MIN_EVENTS_PER_STRAY < totalEvents) {
                first = day.getKey();
            }
            previousDay = day.getKey();
            eventsBefore += day.getValue();
        }
        return first;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    long events() {
        return eventsOf(groups) + strayEvents;
    }

    private static long eventsOf(List<EventGroup> groups) {
        return groups.stream().mapToLong(EventGroup::count).sum();
    }

    Instant first() {
        return Utc.instant(groups.stream().mapToLong(EventGroup::first).min().orElseThrow());
    }

    Instant last() {
        return Utc.instant(groups.stream().mapToLong(EventGroup::last).max().orElseThrow());
    }

    /** Returns the time right after the last event. */
    long end() {
        return Utc.micros(last()) + 1;
    }

    /** Returns the days from the start of the log to a time, rounded up. */
    int daysUpTo(Instant instant) {
        return (int) Math.ceil(Utc.days(Utc.micros(instant) - Utc.micros(first())));
    }

    /** Returns the pages seen before the cutoff; even the existence of a later page must not leak. */
    List<String> pages(Cutoff cutoff) {
        return before(cutoff, EventGroup::page);
    }

    List<Integer> statuses(Cutoff cutoff) {
        return before(cutoff, EventGroup::status);
    }

    /** Returns the pages unknown to the settings, with their numbers of events. */
    SortedMap<String, Long> unknownPages(FeatureSettings settings) {
        SortedMap<String, Long> unknown = new TreeMap<>();
        for (EventGroup group : groups) {
            String page = group.page();
            if (page != null && !group.isCancellation() && !settings.pages().contains(page)) {
                unknown.merge(page, group.count(), Long::sum);
            }
        }
        return unknown;
    }

    private <T> List<T> before(Cutoff cutoff, Function<EventGroup, @Nullable T> attribute) {
        return groups.stream()
                .filter(group -> !group.isCancellation() && group.isBefore(cutoff))
                .flatMap(group -> Stream.ofNullable(attribute.apply(group)))
                .distinct()
                .toList();
    }
}
