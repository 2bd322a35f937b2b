package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.OutputDownload;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies results of a run into a directory. */
@Command(
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts --to /tmp/counts"})
final class FetchOutputAction extends ClusterRunAction {
    @Mixin
    private ResultsOption results;

    @Parameters(
            paramLabel = "STEP",
            arity = "0..*",
            description = "Steps whose output to fetch (default: those that no other step reads).")
    private List<String> steps = new ArrayList<>();

    @Option(names = "--yes", description = "Confirm downloads of more than 1 GB from S3.")
    private boolean yes;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return new OutputDownload(clusterOfRun(context), yes).fetch(run, steps, results.target(), output(context));
    }
}
