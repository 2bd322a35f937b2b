package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where fetched results go. */
final class ResultsOption {
    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Where the results go (default: results/<pipeline> in the current directory).")
    @Nullable
    private Path directory;

    Path directory(CliContext world, String pipeline) {
        return world.resolve(directory == null ? Path.of("results", pipeline) : directory);
    }
}
