package org.emrelay.runner.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.Platforms;
import picocli.CommandLine.TypeConversionException;

/** Converts option values, with errors that a user understands. */
final class OptionValues {
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]+://");

    private static final Pattern AGE = Pattern.compile("([0-9]{1,4})([hdw])");
    private static final int DAYS_PER_WEEK = 7;

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

    static ClusterPlatform platform(String value, Platforms platforms) {
        return platforms.find(value).orElseThrow(() -> notOneOf(value, platforms.keys()));
    }

    static <E extends Enum<E>> E choice(String value, E[] choices) {
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(value)) {
                return choice;
            }
        }
        throw notOneOf(
                value,
                Stream.of(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static TypeConversionException notOneOf(String value, List<String> choices) {
        return new TypeConversionException("'" + value + "' is not " + String.join(" or ", choices));
    }
}
