package org.emrelay.jobs.churn.features;

/** Counts the events of a user by hour and weekday, in UTC. */
final class ActivityHours {
    private final long[] hours = new long[24];
    private final long[] weekdays = new long[7];
    private long events;

    void add(long micros) {
        hours[Utc.hour(micros)]++;
        weekdays[Utc.weekday(micros)]++;
        events++;
    }

    long hour(int hour) {
        return hours[hour];
    }

    long weekday(int weekday) {
        return weekdays[weekday];
    }

    /** Returns the share of events from an hour up to, but excluding, another. */
    double share(int from, int to) {
        long count = 0;
        for (int hour = from; hour < to; hour++) {
            count += hours[hour];
        }
        return SafeRatio.of(count, events);
    }

    double weekendShare() {
        return SafeRatio.of(weekdays[5] + weekdays[6], events);
    }
}
