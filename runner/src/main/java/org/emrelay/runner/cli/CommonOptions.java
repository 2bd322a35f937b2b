package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that every action takes. */
final class CommonOptions {

    /** How results are written to stdout. */
    enum OutputForm {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How results are written to stdout; progress always goes to stderr.")
    OutputForm output;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = ".runner",
            description = "Where a local cluster keeps its runs (default: .runner in the current directory).")
    Path workspace;

    @Option(names = "--verbose", description = "Show more, stack traces among it.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    boolean json() {
        return output == OutputForm.JSON;
    }
}
