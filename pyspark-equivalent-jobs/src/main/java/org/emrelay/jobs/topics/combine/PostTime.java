package org.emrelay.jobs.topics.combine;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the times of posts in the usual formats. Times without a zone are UTC. */
final class PostTime {
    private static final long MICROS_PER_SECOND = 1_000_000;
    /** The year 1990: an earlier time cannot be that of a post. */
    private static final long MIN = 631_152_000L * MICROS_PER_SECOND;
    /** The year 2100. */
    private static final long MAX = 4_102_444_800L * MICROS_PER_SECOND;

    private static final Pattern NUMBER = Pattern.compile("(\\d{9,16})(\\.\\d+)?");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d):(\\d\\d)"
            + "(?::(\\d\\d)(?:[.,](\\d{1,9}))?)? ?(Z|z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?");
    /** The format of X's API v1: {@code Fri Dec 31 19:58:56 +0000 2021}. */
    private static final DateTimeFormatter V1 =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss Z yyyy", Locale.ENGLISH);

    private PostTime() {}

    /** Returns microseconds since 1970. Null if the text is not a time between 1990 and 2100. */
    static @Nullable Long micros(String text) {
        String time = text.strip();
        if (time.isEmpty()) {
            return null;
        }
        Long micros = Character.isLetter(time.charAt(0)) ? v1(time) : iso(time);
        return micros == null || micros < MIN || micros >= MAX ? null : micros;
    }

    private static @Nullable Long iso(String time) {
        Matcher iso = ISO.matcher(time);
        if (!iso.matches()) {
            return number(time);
        }
        try {
            long seconds = LocalDateTime.of(
                            Integer.parseInt(iso.group(1)),
                            Integer.parseInt(iso.group(2)),
                            Integer.parseInt(iso.group(3)),
                            Integer.parseInt(iso.group(4)),
                            Integer.parseInt(iso.group(5)))
                    .toEpochSecond(ZoneOffset.UTC);
            int second = iso.group(6) == null ? 0 : Integer.parseInt(iso.group(6));
            // A leap second has the number 60.
            return second > 60
                    ? null
                    : (seconds + second - offset(iso.group(8))) * MICROS_PER_SECOND + fraction(iso.group(7));
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static int offset(@Nullable String zone) {
        if (zone == null || Character.isLetter(zone.charAt(0))) {
            return 0;
        }
        return ZoneOffset.of(zone).getTotalSeconds();
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00000").substring(0, 6));
    }

    /** Parses seconds, milliseconds or microseconds since 1970, which differ in their number of digits. */
    private static @Nullable Long number(String time) {
        Matcher number = NUMBER.matcher(time);
        if (!number.matches()) {
            return null;
        }
        long value = Long.parseLong(number.group(1));
        int digits = number.group(1).length();
        if (digits <= 11) {
            String fraction = number.group(2);
            return value * MICROS_PER_SECOND + fraction(fraction == null ? null : fraction.substring(1));
        }
        return digits <= 14 ? value * 1_000 : value;
    }

    private static @Nullable Long v1(String time) {
        try {
            return OffsetDateTime.parse(time, V1).toEpochSecond() * MICROS_PER_SECOND;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
