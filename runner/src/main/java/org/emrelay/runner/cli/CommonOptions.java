package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.JsonOutput;
import org.emrelay.runner.report.PlainOutput;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Option;

/** The options of every action. */
final class CommonOptions {

    /** The form of results on stdout. */
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
            description = "Format of the results on stdout; progress goes to stderr.")
    private OutputForm output;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = ".runner",
            description = "Workspace directory (default: .runner in the current directory).")
    private Path workspace;

    @Option(names = "--verbose", description = "Print stack traces.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Application application(RunnerContext context, AwsOptions aws) {
        return new Application(context, workspace, aws.overrides());
    }

    CommandOutput output(RunnerContext context) {
        return output == OutputForm.JSON
                ? new JsonOutput(context.out())
                : new PlainOutput(context.out(), context.err());
    }
}
