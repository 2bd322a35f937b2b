package org.emrelay.jobs.churn.features;

/** At which hours and on which weekdays a user is there, in UTC. */
final class DayParts {
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

    /** Of the events from an hour up to, but without, another. */
    double share(int from, int to) {
        long within = 0;
        for (int hour = from; hour < to; hour++) {
            within += hours[hour];
        }
        return Ratio.of(within, events);
    }

    double weekendShare() {
        return Ratio.of(weekdays[5] + weekdays[6], events);
    }
}
