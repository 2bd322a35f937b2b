package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.PipelineRun;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pipeline on a cluster of its own. */
@Command(
        customSynopsis = StepsOptions.SYNOPSIS,
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} -steps steps.json",
            "  ${COMMAND-NAME} -steps steps.json -p rows=1000000 --resume",
            "  ${COMMAND-NAME} -steps steps.json -t emr --max-cost 5"
        })
final class RunAction extends PlatformAction {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private ResultsOption results;

    @Mixin
    private ResumeOption resume;

    @Mixin
    private SupervisionOptions supervision;

    @Option(names = "--no-logs", description = "Do not wait for the logs of steps that failed on EMR.")
    private boolean noLogs;

    @Option(names = "--yes", description = "Confirm downloads of more than 1 GB from S3.")
    private boolean yes;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        PipelineRun request = new PipelineRun(
                steps.source(workspace(context)),
                selection.selection(),
                resume.request(),
                results.target(),
                yes,
                !noLogs,
                supervision.supervision());
        return target.platform.run(application(context), request, output(context));
    }
}
