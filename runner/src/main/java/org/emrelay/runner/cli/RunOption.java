package org.emrelay.runner.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The run that is meant. */
final class RunOption {
    @Option(names = "--run", paramLabel = "RUN", description = "The run's id (default: the cluster's newest).")
    @Nullable
    String run;
}
