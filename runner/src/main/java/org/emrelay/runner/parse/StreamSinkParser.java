package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamDefinition.Sink;
import org.emrelay.runner.parse.StreamFile.SinkEntry;
import org.jspecify.annotations.Nullable;

/** Parses the sink of a stream. The limits of the buffers are Firehose's, so that a file is valid both locally and on AWS. */
record StreamSinkParser(Problems problems, Path directory) {
    private static final Pattern PREFIX = Pattern.compile("[\\w.=-]+(/[\\w.=-]+)*/?");
    private static final int MAX_PREFIX = 200;
    private static final long MEBIBYTE = 1024 * 1024;

    Sink parse(SinkEntry entry) {
        String prefix = prefix(entry.prefix(), Sink.DEFAULT.prefix(), "sink.prefix");
        String errorPrefix = prefix(entry.errorPrefix(), Sink.DEFAULT.errorPrefix(), "sink.error_prefix");
        if (errorPrefix.startsWith(prefix)) {
            problems.error(
                    "sink.error_prefix",
                    quoted(errorPrefix) + " is below the prefix " + quoted(prefix) + ", so records that cannot be"
                            + " delivered would be read as posts.",
                    "Choose another prefix, such as posts-errors/.");
        }
        String compression = problems.oneOf(entry.compression(), List.of("gzip", "none"), "sink.compression");
        return new Sink(
                local(entry.directory()),
                StorageParser.bucket(problems, entry.bucket(), "sink.bucket"),
                prefix,
                errorPrefix,
                problems.inRange(entry.bufferMb(), 1, 128, 64, "sink.buffer_mb") * MEBIBYTE,
                Duration.ofSeconds(problems.inRange(entry.bufferSeconds(), 60, 900, 300, "sink.buffer_seconds")),
                compression == null ? Compression.GZIP : Compression.valueOf(compression.toUpperCase(Locale.ROOT)));
    }

    private @Nullable Path local(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (!text.isBlank() && !LocalFiles.isUri(text)) {
                return directory.resolve(text).normalize();
            }
        } catch (InvalidPathException invalid) {
            // Reported below.
        }
        problems.error(
                "sink.directory",
                quoted(text) + " is not a local directory.",
                "To write to S3 through Firehose, set sink.bucket and pass -t emr.");
        return null;
    }

    private String prefix(@Nullable String text, String fallback, String path) {
        if (text == null) {
            return fallback;
        }
        if (!PREFIX.matcher(text).matches() || text.length() > MAX_PREFIX || hasDots("/" + text + "/")) {
            problems.error(
                    path,
                    quoted(text) + " is not a valid prefix.",
                    "Use letters, digits and _ . = - between slashes, such as posts/launches/. The hour is appended.");
            return fallback;
        }
        return text.endsWith("/") ? text : text + "/";
    }

    private static boolean hasDots(String path) {
        return path.contains("/./") || path.contains("/../");
    }
}
