package org.emrelay.runner.parse;

import java.nio.file.Path;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Destination;
import org.emrelay.runner.parse.StepsFile.OutputEntry;
import org.jspecify.annotations.Nullable;

/** Reads where a step writes, and how it is told. */
final class OutputParser {
    private static final String STANDARD_FLAG = "output";

    private final LocalFiles files;
    private final UriChecks places;
    private final ArgumentsParser arguments;
    private final Problems problems;

    OutputParser(LocalFiles files, UriChecks places, ArgumentsParser arguments, Problems problems) {
        this.files = files;
        this.places = places;
        this.arguments = arguments;
        this.problems = problems;
    }

    /** The output, or null when it cannot be made out. */
    @Nullable
    Output read(@Nullable OutputEntry entry, String path) {
        if (entry == null) {
            return new Output(new Output.Automatic(), STANDARD_FLAG, "", false);
        }
        if (entry.flag() != null) {
            arguments.checkFlag(entry.flag(), RecordBinder.child(path, "flag"));
        }
        String format = format(entry.format(), RecordBinder.child(path, "format"));
        Destination destination = destination(entry.uri(), RecordBinder.child(path, "uri"));
        if (entry.uri() == null && entry.overwrite() != null && !problems.isBroken(RecordBinder.child(path, "uri"))) {
            problems.error(
                    RecordBinder.child(path, "overwrite"),
                    "goes only with 'uri': where the runner chooses the place, nothing is there yet.",
                    "Leave it out.");
        }
        return destination == null
                ? null
                : new Output(
                        destination,
                        entry.flag() == null ? STANDARD_FLAG : entry.flag(),
                        format,
                        Boolean.TRUE.equals(entry.overwrite()),
                        Boolean.TRUE.equals(entry.result()));
    }

    /** A format is also the ending of a file's name, and often written as one. */
    String format(@Nullable String written, String path) {
        String format = written == null ? "" : written.startsWith(".") ? written.substring(1) : written;
        if (written != null && !format.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,19}")) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(written) + "' cannot be a format.",
                    "Write for example parquet, csv or png.");
        }
        return format;
    }

    private @Nullable Destination destination(@Nullable String uri, String path) {
        if (uri == null) {
            return new Output.Automatic();
        } else if (LocalFiles.isUri(uri)) {
            return places.checkUri(uri, path) ? new Output.At(uri) : null;
        }
        Path place = files.resolve(uri, path);
        if (place == null || !places.checkOutputPath(path)) {
            return null;
        }
        places.checkText(place.toString(), path);
        return new Output.At(place.toString());
    }
}
