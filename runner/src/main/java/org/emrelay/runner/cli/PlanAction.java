package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.PipelinePlanning;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would execute and, for EMR, what would be created. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json")
final class PlanAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Option(
            names = "--check",
            description = "With -t emr: also check the AWS account for problems, with read-only calls.")
    private boolean check;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    @Override
    public ExitCode execute(RunnerContext context) throws Exception {
        return new PipelinePlanning(common.application(context, aws))
                .plan(steps.source(), target.platform, check, common.output(context));
    }
}
