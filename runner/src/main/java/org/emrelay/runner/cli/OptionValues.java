package org.emrelay.runner.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.parse.DurationParser;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Platforms;
import picocli.CommandLine.TypeConversionException;

/** Converts option values, with errors that a user understands. */
final class OptionValues {
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]+://");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern AGE = Pattern.compile("([0-9]{1,4})([hdw])");
    private static final Pattern BACKFILL = Pattern.compile("([^=]+)=(.+?)(?:\\.\\.(.+))?");
    private static final int DAYS_PER_WEEK = 7;
    private static final int MAX_DAYS = 1_000;

    private OptionValues() {}

    /** An empty path would silently mean the current directory. A URI would become a relative path. */
    static Path path(String value) {
        if (value.isEmpty()) {
            throw new TypeConversionException("the path is empty");
        } else if (URI.matcher(value).lookingAt()) {
            throw new TypeConversionException("'" + value + "' is a URI, not a file on this computer");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException exception) {
            throw new TypeConversionException("'" + value
                    + "' is not a valid path here; non-ASCII characters need a UTF-8 locale, such as LC_ALL=C.UTF-8");
        }
    }

    static Long number(String value) {
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException exception) {
            throw noNumber(value);
        }
    }

    static Integer integer(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException exception) {
            throw noNumber(value);
        }
    }

    private static TypeConversionException noNumber(String value) {
        return new TypeConversionException("'" + value
                + (NUMBER.matcher(value).matches() ? "' is too large" : "' is not a whole number, such as 10"));
    }

    /** An age such as {@code 30d}. */
    static Duration age(String value) {
        Matcher matcher = AGE.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is not an age, such as 30d, 12h or 2w");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(DAYS_PER_WEEK * number);
        };
    }

    /** A duration such as {@code 1h30m}, of an option. */
    static Duration duration(String option, String value) {
        return DurationParser.parse(value)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> CommandFailure.usage(
                        option + " '" + value + "' is not a duration, such as 90s, 30m, 2h or 1h30m."));
    }

    /** A parameter and a range of days such as {@code date=2026-11-01..2026-11-30}, or one day. */
    static Backfill backfill(String value, int parallel) {
        Matcher matcher = BACKFILL.matcher(value);
        if (!matcher.matches()) {
            throw backfill(value, "is not of the form NAME=FROM..TO, such as date=2026-11-01..2026-11-30.");
        }
        LocalDate first = day(value, matcher.group(2));
        LocalDate last = matcher.group(3) == null ? first : day(value, matcher.group(3));
        if (last.isBefore(first)) {
            throw backfill(value, "has no day: " + last + " is before " + first + ".");
        } else if (first.until(last, ChronoUnit.DAYS) >= MAX_DAYS) {
            throw backfill(value, "has more than " + MAX_DAYS + " days. Use a shorter range.");
        }
        return new Backfill(matcher.group(1), first, last, parallel);
    }

    private static LocalDate day(String value, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException exception) {
            throw backfill(value, "has an invalid date: '" + text + "'. Example: date=2026-11-01..2026-11-30.");
        }
    }

    private static CommandFailure backfill(String value, String problem) {
        return CommandFailure.usage("--backfill '" + value + "' " + problem);
    }

    static ClusterPlatform platform(String value, Platforms platforms) {
        return platforms.find(value).orElseThrow(() -> notOneOf(value, platforms.keys()));
    }

    static <E extends Enum<E>> E choice(String value, E[] choices) {
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(value.replace('-', '_'))) {
                return choice;
            }
        }
        throw notOneOf(
                value,
                Stream.of(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    private static TypeConversionException notOneOf(String value, List<String> choices) {
        return new TypeConversionException("'" + value + "' is not " + String.join(" or ", choices));
    }
}
