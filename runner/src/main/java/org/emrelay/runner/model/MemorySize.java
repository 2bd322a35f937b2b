package org.emrelay.runner.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A memory size in Spark's notation: {@code 18G}, {@code 1536m}.
 *
 * @param text as the user wrote it, and as it is passed to Spark
 */
public record MemorySize(String text, long mebibytes) {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,9})([mgt])b?");

    public MemorySize {
        Objects.requireNonNull(text, "text");
        if (mebibytes <= 0) {
            throw new IllegalArgumentException("invalid memory size: " + text);
        }
    }

    public static Optional<MemorySize> parse(String text) {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                new MemorySize(text, amount * mebibytesOf(matcher.group(2).charAt(0))));
    }

    private static long mebibytesOf(char unit) {
        return switch (unit) {
            case 'm' -> 1L;
            case 'g' -> 1024L;
            default -> 1024L * 1024L;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
