package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses durations such as {@code 1h30m}. */
public final class DurationParser {
    private static final Pattern DURATION = Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

    private DurationParser() {}

    /** The duration; empty if the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        return text.isEmpty() || !matcher.matches()
                ? Optional.empty()
                : Optional.of(Duration.ofHours(amount(matcher.group(1)))
                        .plusMinutes(amount(matcher.group(2)))
                        .plusSeconds(amount(matcher.group(3))));
    }

    /** Returns the duration in a file, or null if there is none or it is invalid. */
    static @Nullable Duration parse(@Nullable String text, String path, Problems problems) {
        if (text == null) {
            return null;
        }
        Duration duration = parse(text).orElse(null);
        if (text.matches("[0-9]{1,9}")) {
            problems.error(path, "'" + text + "' has no unit: use " + text + "s, " + text + "m or " + text + "h.");
        } else if (duration == null) {
            problems.error(path, quoted(text) + " is not a duration.", "Examples: 90s, 30m, 2h, 1h30m.");
        } else if (duration.isZero()) {
            problems.error(path, "must be greater than zero.", "Remove it for no limit.");
            return null;
        }
        return duration;
    }

    private static long amount(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
