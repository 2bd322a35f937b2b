package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.PipelinePlanning;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.service.stream.StreamCreator;
import org.emrelay.runner.service.stream.StreamSelector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would execute and, for EMR, what would be created. */
@Command(
        customSynopsis = StepsOptions.SYNOPSIS,
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} -steps steps.json",
            "  ${COMMAND-NAME} -steps steps.json -p rows=1000000 --resume",
            "  ${COMMAND-NAME} -stream stream.json -t emr"
        })
final class PlanAction extends PlatformAction {
    @Mixin
    private StepsOptions steps;

    @Option(
            names = {"-stream", "--stream"},
            paramLabel = "FILE",
            order = PIPELINE_OPTION,
            description = "Show the plan of a stream instead, from its file.")
    private @Nullable Path stream;

    @Mixin
    private TargetOption target;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private ResumeOption resume;

    @Option(
            names = "--check",
            description = "With -t emr: also check the AWS account for problems, with read-only calls.")
    private boolean check;

    @Option(
            names = "--print-commands",
            description = "Print a shell script that runs the pipeline on this machine with plain spark-submit.")
    private boolean printCommands;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        if (stream != null) {
            StreamSelector selector = new StreamSelector(stream, null);
            StreamPlatform.Request request =
                    new StreamPlatform.Request(selector.definition(context), stream, steps.clusterFile());
            return new StreamCreator(application(context), target.platform).plan(request, check, output(context));
        }
        if (printCommands) {
            if (!selection.selection().isNone() || !resume.request().isNone()) {
                throw CommandFailure.usage(
                        "--print-commands runs all steps: omit --resume, --from, --only and --rerun.");
            }
            return new PipelinePlanning(application(context))
                    .printCommands(steps.source(workspace(context)), target.platform, output(context));
        }
        return new PipelinePlanning(application(context))
                .plan(
                        steps.source(workspace(context)),
                        target.platform,
                        check,
                        selection.selection(),
                        resume.request(),
                        output(context));
    }
}
