package org.emrelay.jobs.wordclouds.clouds;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.emrelay.jobs.Flags;
import org.jspecify.annotations.Nullable;

/** What one run of the job was asked for. */
record CloudArguments(
        String counts,
        String output,
        @Nullable String maskUri,
        StopWords stopWords,
        int maxWords,
        OptionalInt width,
        OptionalInt height,
        Palette palette,
        Duration frame,
        String heading) {
    /** Smaller, nothing can be read; larger, a picture of four bytes a pixel troubles an executor. */
    static final int LEAST_SIDE = 100;

    static final int MOST_SIDE = 4_000;

    private static final int MOST_WORDS = 1_000;
    private static final String HEADING = "Words of book titles";
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
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(heading, "heading");
    }

    static CloudArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        return new CloudArguments(
                flags.required("--counts"),
                flags.required("--output"),
                flags.optional("--mask").orElse(null),
                StopWords.given(flags.list("--stop-words")),
                (int) flags.wholeNumberOr("--max-words", 200, 1, MOST_WORDS),
                side(flags, "--width"),
                side(flags, "--height"),
                Palette.chosen(flags.list("--colors"), flags.optional("--background")),
                // What a GIF can say: hundredths of a second, two bytes of them; players slow down what is shorter than
                // two.
                Duration.ofMillis(flags.wholeNumberOr("--frame-milliseconds", 900, 20, 60_000)),
                flags.textOr("--heading", HEADING));
    }

    Optional<String> mask() {
        return Optional.ofNullable(maskUri);
    }

    private static OptionalInt side(Flags flags, String flag) {
        return flags.optional(flag).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) flags.wholeNumberOr(flag, 0, LEAST_SIDE, MOST_SIDE));
    }
}
