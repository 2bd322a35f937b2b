package org.emrelay.runner.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formats durations, times, byte sizes and counts for people. */
public final class Quantities {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    /** From 9.95 s on, one decimal would round up to {@code 10.0 s}, next to {@code 10 s}. */
    private static final long SHOWN_AS_TEN_SECONDS = 9_950;

    private Quantities() {}

    /** {@code 0.8 s}, {@code 42 s}, {@code 3 min 07 s}, {@code 2 h 05 min}; 0 if it is negative because clocks differ. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        long seconds = millis / 1000;
        if (millis < SHOWN_AS_TEN_SECONDS) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        } else if (seconds < 60) {
            return Math.max(10, seconds) + " s";
        } else if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }

    /** {@code 2026-11-21T03:45:12Z}. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 17 B}, {@code 1.4 MB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        String pattern = unit == 0 || amount >= 99.5 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, pattern, amount, UNITS[unit]);
    }

    /** {@code 1 file}, {@code 1,200 files}. */
    public static String count(long count, String singular) {
        return String.format(Locale.ROOT, "%,d %s%s", count, singular, count == 1 ? "" : "s");
    }
}
