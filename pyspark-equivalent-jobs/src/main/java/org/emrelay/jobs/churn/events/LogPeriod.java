package org.emrelay.jobs.churn.events;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The period that a log covers.
 *
 * @param start the first day, in UTC
 */
record LogPeriod(LocalDate start, int days) implements Serializable {
    static final long SECONDS_PER_DAY = 86_400;

    LogPeriod {
        Objects.requireNonNull(start, "start");
    }

    /** Returns the start in seconds since 1970. */
    long startSecond() {
        return start.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    long startSecond(int day) {
        return startSecond() + day * SECONDS_PER_DAY;
    }

    /** Returns the first second after the period. */
    long endSecond() {
        return startSecond(days);
    }

    boolean isWeekend(int day) {
        return start.plusDays(day).getDayOfWeek().getValue() > 5;
    }
}
