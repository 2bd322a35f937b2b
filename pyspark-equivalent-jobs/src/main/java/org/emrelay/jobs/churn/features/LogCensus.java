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
 * What a log holds as a whole, in one small pass over five columns: from when to when, and which pages and statuses since when.
 *
 * @param strays how many events do not belong to it, for they are from long before: somebody's clock was wrong
 */
record LogCensus(List<Kind> kinds, long strays) {
    private static final int MOST_DAYS_BETWEEN = 30;
    private static final long STRAYS_ONE_IN = 1_000;

    LogCensus {
        kinds = List.copyOf(kinds);
    }

    /**
     * Events of one day with one page and status.
     *
     * @param youngest the least time from a user's registration to such an event
     */
    record Kind(
            @Nullable String page,
            @Nullable Integer status,
            long count,
            long first,
            long last,
            @Nullable Long youngest) {

        long day() {
            return Utc.day(first);
        }

        boolean isBefore(Cutoff cutoff) {
            if (cutoff instanceof Cutoff.At at) {
                return first < Utc.micros(at.moment());
            }
            return cutoff instanceof Cutoff.AfterRegistration after
                    && youngest != null
                    && youngest < after.days() * Utc.DAY;
        }

        boolean isOfChurn() {
            return page != null && EventCodes.OF_CHURN.contains(page);
        }
    }

    static LogCensus of(Dataset<Row> events) {
        Column micros = unix_micros(col(EventLog.TIME));
        List<Kind> kinds = new ArrayList<>();
        for (Row row : events.groupBy(EventLog.PAGE, EventLog.STATUS, EventLog.DATE)
                .agg(
                        count(lit(1)),
                        min(micros),
                        max(micros),
                        min(micros.minus(unix_micros(col(EventLog.REGISTRATION)))))
                .collectAsList()) {
            kinds.add(new Kind(
                    row.getString(0), (Integer) row.get(1), row.getLong(3), row.getLong(4), row.getLong(5), (Long)
                            row.get(6)));
        }
        return of(kinds);
    }

    static LogCensus of(List<Kind> all) {
        SortedMap<Long, Long> byDay = new TreeMap<>();
        all.forEach(kind -> byDay.merge(kind.day(), kind.count(), Long::sum));
        long begin = firstDay(byDay);
        List<Kind> kinds = all.stream().filter(kind -> kind.day() >= begin).toList();
        return new LogCensus(kinds, eventsOf(all) - eventsOf(kinds));
    }

    /** The day after the last long gap before which there is next to nothing. */
    private static long firstDay(SortedMap<Long, Long> byDay) {
        long all = byDay.values().stream().mapToLong(Long::longValue).sum();
        long first = Long.MIN_VALUE;
        long previous = Long.MAX_VALUE;
        long before = 0;
        for (Map.Entry<Long, Long> day : byDay.entrySet()) {
            if (previous < day.getKey() - MOST_DAYS_BETWEEN && before * STRAYS_ONE_IN < all) {
                first = day.getKey();
            }
            previous = day.getKey();
            before += day.getValue();
        }
        return first;
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }

    long events() {
        return eventsOf(kinds) + strays;
    }

    private static long eventsOf(List<Kind> kinds) {
        return kinds.stream().mapToLong(Kind::count).sum();
    }

    Instant first() {
        return Utc.instant(kinds.stream().mapToLong(Kind::first).min().orElseThrow());
    }

    Instant last() {
        return Utc.instant(kinds.stream().mapToLong(Kind::last).max().orElseThrow());
    }

    /** The moment after the last event. */
    long end() {
        return Utc.micros(last()) + 1;
    }

    /** From the log's beginning to that moment, in whole days that hold all of it. */
    int daysUpTo(Instant moment) {
        return (int) Math.ceil(Utc.days(Utc.micros(moment) - Utc.micros(first())));
    }

    /** Those seen before the cutoff: what comes later must not even make a column. */
    List<String> pages(Cutoff cutoff) {
        return before(cutoff, Kind::page);
    }

    List<Integer> statuses(Cutoff cutoff) {
        return before(cutoff, Kind::status);
    }

    /** Pages that the settings do not know, and how often they occur. */
    SortedMap<String, Long> unseenPages(FeatureSettings settings) {
        SortedMap<String, Long> unseen = new TreeMap<>();
        for (Kind kind : kinds) {
            String page = kind.page();
            if (page != null && !kind.isOfChurn() && !settings.pages().contains(page)) {
                unseen.merge(page, kind.count(), Long::sum);
            }
        }
        return unseen;
    }

    private <T> List<T> before(Cutoff cutoff, Function<Kind, @Nullable T> what) {
        return kinds.stream()
                .filter(kind -> !kind.isOfChurn() && kind.isBefore(cutoff))
                .flatMap(kind -> Stream.ofNullable(what.apply(kind)))
                .distinct()
                .toList();
    }
}
