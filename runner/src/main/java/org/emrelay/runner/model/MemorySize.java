package org.emrelay.runner.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory as Spark writes it: {@code 18G}, {@code 1536m}.
 *
 * @param text as the user wrote it, for that is what is passed on
 */
public record MemorySize(String text, long mebibytes) {
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,9})([mgt])b?");

    public MemorySize {
        Objects.requireNonNull(text, "text");
        if (mebibytes <= 0) {
            throw new IllegalArgumentException("not a size: " + text);
        }
    }

    public static Optional<MemorySize> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                new MemorySize(text, amount * mebibytesOf(matcher.group(2).charAt(0))));
    }

    public static MemorySize ofMebibytes(long mebibytes) {
        return new MemorySize(mebibytes + "m", mebibytes);
    }

    private static long mebibytesOf(char unit) {
        return switch (unit) {
            case 'm' -> 1L;
            case 'g' -> 1024L;
            default -> 1024L * 1024L;
        };
    }

    /** What YARN reserves for an executor of this heap: Spark's default overhead of a tenth, at least 384 MB, comes on top. */
    public long withOverheadMebibytes() {
        return mebibytes + Math.max(384, mebibytes / 10);
    }

    @Override
    public String toString() {
        return text;
    }
}
