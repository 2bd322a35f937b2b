package org.emrelay.runner.parse;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.MemorySize;
import org.jspecify.annotations.Nullable;

/** Reads amounts that have a unit, and refuses those that make no sense. */
final class UnitParser {
    /** Spark keeps 300 MB for itself and refuses to start with less than half as much again. */
    private static final long LEAST_MEBIBYTES = 450;

    private static final long MOST_MEBIBYTES = 32L * 1024 * 1024;
    private static final Pattern TIME = Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

    private final RecordBinder records;
    private final Problems problems;

    UnitParser(RecordBinder records, Problems problems) {
        this.records = records;
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
            problems.error(path, "'" + text + "' has no unit: write " + text + "G or " + text + "M.", "");
            return null;
        } else if (size == null) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(text) + "' is no amount of memory.",
                    "Write for example 18G or 1536M.");
            return null;
        } else if (size.mebibytes() < LEAST_MEBIBYTES) {
            problems.error(path, text + " is too little: Spark needs at least " + LEAST_MEBIBYTES + "M.", "");
            return null;
        } else if (size.mebibytes() > MOST_MEBIBYTES) {
            problems.error(path, text + " is more than any machine has.", "");
            return null;
        }
        return size;
    }

    @Nullable
    Duration time(@Nullable JsonValue value, String path) {
        String text = text(value, path);
        if (text == null) {
            return null;
        }
        Matcher matcher = TIME.matcher(text);
        if (text.matches("[0-9]{1,9}")) {
            problems.error(
                    path, "'" + text + "' has no unit: write " + text + "s, " + text + "m or " + text + "h.", "");
            return null;
        } else if (text.isEmpty() || !matcher.matches()) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(text) + "' is no length of time.",
                    "Write for example 90s, 30m, 2h or 1h30m.");
            return null;
        }
        Duration time = Duration.ofHours(amount(matcher.group(1)))
                .plusMinutes(amount(matcher.group(2)))
                .plusSeconds(amount(matcher.group(3)));
        if (time.isZero()) {
            problems.error(
                    path, "no step can end in no time.", "Leave it out where a step may run as long as it likes.");
            return null;
        }
        return time;
    }

    @Nullable
    Integer count(@Nullable Integer value, int least, int most, String path) {
        if (value != null && (value < least || value > most)) {
            problems.error(path, "must be from " + least + " to " + most + ", not " + value + ".", "");
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
            records.wrongType(path, "a string", value);
        }
        return null;
    }

    private static long amount(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
