package org.emrelay.runner.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects a run. */
final class RunOption {
    @Option(names = "--run", paramLabel = "RUN", description = "Run id (default: the cluster's newest run).")
    @Nullable
    String run;
}
