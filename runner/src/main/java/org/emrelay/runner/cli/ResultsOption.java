package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for where fetched results go. */
final class ResultsOption {
    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Directory for the results (default: results/<pipeline> in the current directory).")
    @Nullable
    Path directory;
}
