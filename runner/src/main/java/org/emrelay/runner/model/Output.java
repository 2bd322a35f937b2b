package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/**
 * The output location of a step, the flag that passes it, and where else the step writes.
 *
 * @param flag without dashes
 * @param format used as the file extension and in reports; empty if not specified
 * @param overwrite which existing data may be replaced
 * @param isResult whether it is a result of the pipeline even if other steps read it
 * @param writes the other locations in S3 that the step writes to
 */
public record Output(
        Destination destination,
        String flag,
        String format,
        Overwrite overwrite,
        boolean isResult,
        List<String> writes) {

    /** Which data at an output's location a run may replace. */
    public enum Overwrite {
        /** None but the run's own. */
        NONE,
        /** Unchanged results of Emrelay. */
        RESULTS,
        ANY
    }

    /** The location of an output. */
    public sealed interface Destination {}

    /** A location that the runner chooses in the run's folder. */
    public record Automatic() implements Destination {}

    /** A fixed path in the workspace, as scripts in the legacy form expect. */
    public record WorkspacePath(String path) implements Destination {
        public WorkspacePath {
            Objects.requireNonNull(path, "path");
        }
    }

    /** What stands for the id of the run in the URI of an output, until the run exists. */
    public static final String RUN_ID = "${run.id}";

    /** A location that the user chose: a URI or an absolute local path. */
    public record AtUri(String uri) implements Destination {
        public AtUri {
            Objects.requireNonNull(uri, "uri");
        }
    }

    public Output(Destination destination, String flag, String format, Overwrite overwrite) {
        this(destination, flag, format, overwrite, false, List.of());
    }

    public Output {
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(overwrite, "overwrite");
        writes = List.copyOf(writes);
    }

    public Output forRun(String id) {
        return destination instanceof AtUri at
                ? new Output(new AtUri(at.uri().replace(RUN_ID, id)), flag, format, overwrite, isResult, writes)
                : this;
    }

    public Output withWrites(List<String> locations) {
        return new Output(destination, flag, format, overwrite, isResult, locations);
    }
}
