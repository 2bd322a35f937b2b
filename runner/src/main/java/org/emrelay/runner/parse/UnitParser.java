package org.emrelay.runner.parse;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.MemorySize;
import org.jspecify.annotations.Nullable;

/** Parses quantities with units and checks that they are plausible. */
final class UnitParser {
    /** Spark reserves 300 MB and refuses to start with less than 1.5 times that. */
    private static final long MIN_MEBIBYTES = 450;

    private static final long MAX_MEBIBYTES = 32L * 1024 * 1024;
    private static final Pattern DURATION = Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

    private final RecordBinder binder;
    private final Problems problems;

    UnitParser(RecordBinder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    @Nullable
    MemorySize memory(@Nullable JsonValue value, String path) {
        String text = text(value, path);
        if (text == null) {
            return null;
        }
        MemorySize size = MemorySize.parse(text).orElse(null);
        if (text.matches("[0-9]{1,9}")) {
            problems.error(path, "'" + text + "' has no unit: use " + text + "G or " + text + "M.", "");
            return null;
        } else if (size == null) {
            problems.error(
                    path, "'" + RecordBinder.abbreviate(text) + "' is not a memory size.", "Examples: 18G, 1536M.");
            return null;
        } else if (size.mebibytes() < MIN_MEBIBYTES) {
            problems.error(path, text + " is too small: Spark needs at least " + MIN_MEBIBYTES + "M.", "");
            return null;
        } else if (size.mebibytes() > MAX_MEBIBYTES) {
            problems.error(path, text + " is more than any instance type has.", "");
            return null;
        }
        return size;
    }

    @Nullable
    Duration duration(@Nullable JsonValue value, String path) {
        String text = text(value, path);
        if (text == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text);
        if (text.matches("[0-9]{1,9}")) {
            problems.error(path, "'" + text + "' has no unit: use " + text + "s, " + text + "m or " + text + "h.", "");
            return null;
        } else if (text.isEmpty() || !matcher.matches()) {
            problems.error(
                    path,
                    "'" + RecordBinder.abbreviate(text) + "' is not a duration.",
                    "Examples: 90s, 30m, 2h, 1h30m.");
            return null;
        }
        Duration duration = Duration.ofHours(amount(matcher.group(1)))
                .plusMinutes(amount(matcher.group(2)))
                .plusSeconds(amount(matcher.group(3)));
        if (duration.isZero()) {
            problems.error(path, "must be greater than zero.", "Remove it for no timeout.");
            return null;
        }
        return duration;
    }

    @Nullable
    Integer count(@Nullable Integer value, int minimum, int maximum, String path) {
        if (value != null && (value < minimum || value > maximum)) {
            problems.error(path, "must be between " + minimum + " and " + maximum + ", not " + value + ".", "");
            return null;
        }
        return value;
    }

    private @Nullable String text(@Nullable JsonValue value, String path) {
        if (value instanceof JsonString string) {
            return string.text();
        } else if (value instanceof JsonNumber number) {
            return number.text();
        } else if (value != null) {
            binder.reportWrongType(path, "a string", value);
        }
        return null;
    }

    private static long amount(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
