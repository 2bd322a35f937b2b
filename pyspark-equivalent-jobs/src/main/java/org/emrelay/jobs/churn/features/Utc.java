package org.emrelay.jobs.churn.features;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time in microseconds since 1970 in UTC, independent of session and JVM time zones. */
final class Utc {
    static final long DAY = Duration.ofDays(1).toNanos() / 1_000;
    private static final long HOUR = DAY / 24;
    private static final long MINUTE = HOUR / 60;
    private static final int EPOCH_WEEKDAY = 3;

    private Utc() {}

    static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static int hour(long micros) {
        return (int) Math.floorMod(Math.floorDiv(micros, HOUR), 24L);
    }

    /** Returns the day of the week, from 0 (Monday). */
    static int weekday(long micros) {
        return (int) Math.floorMod(day(micros) + EPOCH_WEEKDAY, 7L);
    }

    static long day(long micros) {
        return Math.floorDiv(micros, DAY);
    }

    static double days(long micros) {
        return micros / (double) DAY;
    }

    static double minutes(long micros) {
        return micros / (double) MINUTE;
    }

    static double hours(long micros) {
        return micros / (double) HOUR;
    }
}
