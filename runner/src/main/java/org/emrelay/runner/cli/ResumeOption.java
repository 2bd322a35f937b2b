package org.emrelay.runner.cli;

import org.emrelay.runner.service.ResumeRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option to reuse results of earlier runs. */
final class ResumeOption {
    @Option(
            names = "--resume",
            paramLabel = "RUN",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Reuse unchanged results of this run (default: the newest ones of all runs of the workspace).")
    @Nullable
    private String run;

    ResumeRequest request() {
        return new ResumeRequest(run);
    }
}
