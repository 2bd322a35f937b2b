package org.emrelay.runner.cli;

import org.emrelay.runner.model.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The platform that is meant where an id or the workspace usually tells. */
final class OptionalTarget {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "local|emr",
            description = "Clusters of this machine or of Amazon EMR (default: what the id or the workspace tells).")
    @Nullable
    Target target;
}
