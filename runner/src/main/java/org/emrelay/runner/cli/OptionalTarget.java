package org.emrelay.runner.cli;

import org.emrelay.runner.model.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects the platform where the id or the workspace does not imply it. */
final class OptionalTarget {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "local|emr",
            description = "Platform of the cluster (default: implied by the id or the workspace).")
    @Nullable
    Target target;
}
