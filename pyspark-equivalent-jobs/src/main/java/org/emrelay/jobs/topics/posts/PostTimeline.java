package org.emrelay.jobs.topics.posts;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The number of lines in each hour: more by day than by night. Two later hours follow.
 *
 * @param startHour the first hour, in hours since 1970
 * @param posts the number of lines in all hours except the later ones
 */
record PostTimeline(long startHour, int hours, long posts) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int LATER_HOURS = 2;
    static final long MILLIS_PER_HOUR = 3_600_000;
    private static final int HOURS_PER_DAY = 24;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH", Locale.ROOT);

    long lines(int hour) {
        if (hour >= hours) {
            return Math.max(1, posts / hours);
        }
        return linesBefore(hour + 1) - linesBefore(hour);
    }

    /** Rounds cumulative sums, so that the lines of all hours add up to {@code posts}. */
    private long linesBefore(int hour) {
        return hour == hours ? posts : (long) (posts * weightBefore(hour) / weightBefore(hours));
    }

    private double weightBefore(int hour) {
        double weight = 0;
        for (int each = 0; each < hour; each++) {
            double ofDay = (startHour + each) % HOURS_PER_DAY;
            weight += 1 + 0.5 * StrictMath.sin(2 * StrictMath.PI * (ofDay - 9) / HOURS_PER_DAY);
        }
        return weight;
    }

    boolean isLater(int hour) {
        return hour >= hours;
    }

    long startMillis(int hour) {
        return (startHour + hour) * MILLIS_PER_HOUR;
    }

    /** Returns the name of an hour, such as {@code 2026-11-20T13}. */
    String name(int hour) {
        return NAME.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(startMillis(hour)), ZoneOffset.UTC));
    }
}
