package org.emrelay.runner.model;

import java.util.Objects;

/**
 * Where a step writes, and how it is told.
 *
 * @param flag the flag's name without its dashes
 * @param format what is written, for people and for the file's ending; empty when not said
 * @param overwrite whether what is there already may be replaced
 * @param isResult whether it is what the pipeline is run for, although other steps read it
 */
public record Output(Destination destination, String flag, String format, boolean overwrite, boolean isResult) {

    /** The place of an output. */
    public sealed interface Destination {}

    /** A place below the run's own folder, chosen by the runner. */
    public record Automatic() implements Destination {}

    /** A fixed place below the workspace, as scripts of the original form expect. */
    public record InWorkspace(String path) implements Destination {
        public InWorkspace {
            Objects.requireNonNull(path, "path");
        }
    }

    /** A place that its owner chose: a URI, or an absolute path of this machine. */
    public record At(String uri) implements Destination {
        public At {
            Objects.requireNonNull(uri, "uri");
        }
    }

    public Output(Destination destination, String flag, String format, boolean overwrite) {
        this(destination, flag, format, overwrite, false);
    }

    public Output {
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(format, "format");
    }
}
