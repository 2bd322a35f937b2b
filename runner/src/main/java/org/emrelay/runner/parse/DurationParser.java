package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses durations such as {@code 1h30m}. */
record DurationParser(Problems problems) {
    private static final Pattern DURATION = Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

    /** Returns the duration, or null if there is none or it is invalid. */
    @Nullable
    Duration parse(@Nullable String text, String path) {
        if (text == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text);
        if (text.matches("[0-9]{1,9}")) {
            problems.error(path, "'" + text + "' has no unit: use " + text + "s, " + text + "m or " + text + "h.");
            return null;
        } else if (text.isEmpty() || !matcher.matches()) {
            problems.error(path, quoted(text) + " is not a duration.", "Examples: 90s, 30m, 2h, 1h30m.");
            return null;
        }
        Duration duration = Duration.ofHours(amount(matcher.group(1)))
                .plusMinutes(amount(matcher.group(2)))
                .plusSeconds(amount(matcher.group(3)));
        if (duration.isZero()) {
            problems.error(path, "must be greater than zero.", "Remove it for no limit.");
            return null;
        }
        return duration;
    }

    private static long amount(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
