package org.emrelay.jobs.churn.events;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The time that a log covers.
 *
 * @param start its first day, in UTC
 */
record Period(LocalDate start, int days) implements Serializable {
    static final long SECONDS_A_DAY = 86_400;

    Period {
        Objects.requireNonNull(start, "start");
    }

    /** In seconds since 1970. */
    long startSecond() {
        return start.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    long startSecond(int day) {
        return startSecond() + day * SECONDS_A_DAY;
    }

    /** The first second after it. */
    long endSecond() {
        return startSecond(days);
    }

    boolean isWeekend(int day) {
        return start.plusDays(day).getDayOfWeek().getValue() > 5;
    }
}
