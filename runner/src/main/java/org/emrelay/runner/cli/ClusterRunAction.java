package org.emrelay.runner.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An action on a run of an existing cluster. */
abstract class ClusterRunAction extends ClusterAction {
    @Option(names = "--run", paramLabel = "RUN", description = "Run id (default: the newest run).")
    @Nullable
    String run;

    @Override
    @Nullable
    String run() {
        return run;
    }
}
