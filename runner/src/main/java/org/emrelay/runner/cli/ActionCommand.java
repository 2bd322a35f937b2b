package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.JsonOutput;
import org.emrelay.runner.report.PlainOutput;
import org.emrelay.runner.report.Verbosity;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One action of the command line, with the options of every action; picocli fills them in. */
@Command(sortOptions = false, customSynopsis = "${COMMAND-NAME} [options]")
abstract class ActionCommand implements AutoCloseable {
    /** The order of options in the help text. The action's own options, without an order, come after the pipeline's. */
    static final int PIPELINE_OPTION = -2;

    static final int TARGET_OPTION = 1;
    static final int AWS_OPTION = 2;
    private static final int COMMON_OPTION = 3;

    /** The form of results on stdout. */
    enum OutputForm {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The key of the action, as in {@code -a run}. */
    String action = "";

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            order = COMMON_OPTION,
            description = "Format of the results on stdout; progress goes to stderr.")
    private OutputForm output;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            order = COMMON_OPTION,
            description = "Workspace directory (default: .runner in the current directory).")
    @Nullable
    Path workspace;

    @Option(names = "--quiet", order = COMMON_OPTION, description = "Show no progress, only warnings and errors.")
    private boolean quiet;

    @Option(
            names = "--verbose",
            order = COMMON_OPTION,
            description = "Also show the command and the log of each step, and the stack traces of errors.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = COMMON_OPTION,
            description = "Show this help.")
    boolean help;

    boolean isJson() {
        return output == OutputForm.JSON;
    }

    CommandOutput output(RunnerContext context) {
        return isJson() ? new JsonOutput(context.out()) : new PlainOutput(context.out(), context.err());
    }

    Verbosity verbosity() {
        if (quiet && verbose) {
            throw CommandFailure.usage("--quiet and --verbose cannot be combined.");
        }
        return quiet ? Verbosity.QUIET : verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }

    Path workspace(RunnerContext context) {
        return Application.workspace(context, workspace);
    }

    /** The given options that a command about the same workspace and account needs too. */
    List<String> contextOptions() {
        return workspace == null ? List.of() : List.of("--workspace", workspace.toString());
    }

    abstract ExitCode execute(RunnerContext context) throws Exception;

    @Override
    public void close() throws IOException {
        // Most actions hold nothing.
    }
}
