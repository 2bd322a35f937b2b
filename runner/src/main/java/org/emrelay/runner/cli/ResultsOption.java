package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.emrelay.runner.service.ResultsTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for where fetched results go. */
final class ResultsOption {
    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Directory for the results (default: results/<pipeline> in the current directory).")
    private @Nullable Path directory;

    @Option(
            names = "--overwrite-results",
            description = "Replace files there that Emrelay did not create, or that were edited since.")
    private boolean overwrite;

    @Option(names = "--open", description = "Open the results' page, index.html, in the browser.")
    private boolean openPage;

    ResultsTarget target() {
        return new ResultsTarget(directory, overwrite, openPage);
    }
}
