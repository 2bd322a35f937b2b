package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Destination;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.parse.StepsFile.OutputEntry;
import org.jspecify.annotations.Nullable;

/** Parses the output of a step. */
record OutputParser(LocalFiles files, CommandLineChecks checks, ArgumentsParser arguments, Problems problems) {
    private static final String DEFAULT_FLAG = "output";

    /** Returns the output, or null after a problem. */
    @Nullable
    Output parse(@Nullable OutputEntry entry, String path) {
        if (entry == null) {
            return new Output(new Output.Automatic(), DEFAULT_FLAG, "", Overwrite.NONE);
        }
        if (entry.flag() != null) {
            arguments.checkFlag(entry.flag(), childPath(path, "flag"));
        }
        String format = format(entry.format(), childPath(path, "format"));
        Destination destination = destination(entry.uri(), childPath(path, "uri"));
        if (entry.uri() == null && entry.overwrite() != null && !problems.isInvalid(childPath(path, "uri"))) {
            problems.error(
                    childPath(path, "overwrite"),
                    "is only allowed with 'uri': a location that the runner chooses is always empty.",
                    "Remove it.");
        }
        return destination == null
                ? null
                : new Output(
                        destination,
                        entry.flag() == null ? DEFAULT_FLAG : entry.flag(),
                        format,
                        overwrite(entry.overwrite(), childPath(path, "overwrite")),
                        Boolean.TRUE.equals(entry.result()),
                        List.of());
    }

    /** Accepts a format with or without a leading dot, since it doubles as the file extension. */
    String format(@Nullable String value, String path) {
        String format = value == null ? "" : value.startsWith(".") ? value.substring(1) : value;
        if (value != null && !format.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,19}")) {
            problems.error(path, quoted(value) + " is not a valid format.", "Examples: parquet, csv, png.");
        }
        return format;
    }

    private static boolean isInRepository(Path location) {
        return Files.exists(location.resolve(".git"))
                || IntStream.range(0, location.getNameCount())
                        .anyMatch(i -> location.getName(i).toString().equals(".git"));
    }

    private Overwrite overwrite(@Nullable JsonValue value, String path) {
        if (value instanceof JsonBoolean bool) {
            return bool.value() ? Overwrite.RESULTS : Overwrite.NONE;
        } else if (value instanceof JsonString string && string.text().equals("any")) {
            return Overwrite.ANY;
        } else if (value != null) {
            problems.wrongType(path, "true, false or \"any\"", value);
        }
        return Overwrite.NONE;
    }

    private @Nullable Destination destination(@Nullable String uri, String path) {
        if (uri == null) {
            return new Output.Automatic();
        } else if (LocalFiles.isUri(uri)) {
            return checks.checkUri(uri, path) ? new Output.AtUri(uri) : null;
        }
        Path location = files.resolve(uri, path);
        if (location == null || !checks.checkLocalOutput(path)) {
            return null;
        }
        checks.checkText(location.toString(), path);
        if (isInRepository(location)) {
            problems.error(
                    path,
                    quoted(location.toString()) + " is, contains or is in a .git directory, which would be cleared.",
                    "Use a folder of its own for the output.");
        }
        return new Output.AtUri(location.toString());
    }
}
