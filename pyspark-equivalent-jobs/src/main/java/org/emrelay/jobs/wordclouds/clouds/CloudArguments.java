package org.emrelay.jobs.wordclouds.clouds;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.emrelay.tables.Flags;
import org.jspecify.annotations.Nullable;

/** The command-line arguments of the word cloud job. */
record CloudArguments(
        String counts,
        String output,
        @Nullable String maskUri,
        StopWords stopWords,
        int maxWords,
        OptionalInt width,
        OptionalInt height,
        Palette palette,
        Duration frameDelay,
        String heading) {
    /** Smaller images are illegible; larger ones, at four bytes per pixel, strain the memory of an executor. */
    static final int MIN_SIDE = 100;

    static final int MAX_SIDE = 4_000;

    private static final int MAX_WORDS = 1_000;
    private static final String DEFAULT_HEADING = "Words of book titles";
    private static final List<String> KNOWN = List.of(
            "--counts",
            "--output",
            "--mask",
            "--stop-words",
            "--max-words",
            "--width",
            "--height",
            "--colors",
            "--background",
            "--frame-milliseconds",
            "--heading");

    CloudArguments {
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(stopWords, "stopWords");
        Objects.requireNonNull(width, "width");
        Objects.requireNonNull(height, "height");
        Objects.requireNonNull(palette, "palette");
        Objects.requireNonNull(frameDelay, "frameDelay");
        Objects.requireNonNull(heading, "heading");
    }

    static CloudArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        return new CloudArguments(
                flags.required("--counts"),
                flags.required("--output"),
                flags.optional("--mask").orElse(null),
                StopWords.orDefaults(flags.list("--stop-words")),
                (int) flags.wholeNumberOr("--max-words", 200, 1, MAX_WORDS),
                dimension(flags, "--width"),
                dimension(flags, "--height"),
                Palette.select(flags.list("--colors"), flags.optional("--background")),
                // GIF stores the delay in hundredths of a second in two bytes; players slow down delays below two
                // hundredths.
                Duration.ofMillis(flags.wholeNumberOr("--frame-milliseconds", 900, 20, 60_000)),
                flags.textOr("--heading", DEFAULT_HEADING));
    }

    Optional<String> mask() {
        return Optional.ofNullable(maskUri);
    }

    private static OptionalInt dimension(Flags flags, String flag) {
        return flags.optional(flag).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) flags.wholeNumberOr(flag, 0, MIN_SIDE, MAX_SIDE));
    }
}
