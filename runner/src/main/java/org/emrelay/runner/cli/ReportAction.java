package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ResultsTarget;
import org.emrelay.runner.service.RunReporting;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the report of a run again. */
@Command(footer = {"%nExamples:", "  ${COMMAND-NAME}", "  ${COMMAND-NAME} --run 20261121-034512-ab3f --text"})
final class ReportAction extends ClusterRunAction {
    @Option(names = "--text", description = "Print the report for the terminal.")
    private boolean text;

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Write the page to this directory (default: results/<pipeline>).")
    private @Nullable Path directory;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        ResultsTarget target = new ResultsTarget(directory, false, false);
        return new RunReporting(clusterOfRun(context), target, text, open).report(run, output(context));
    }
}
