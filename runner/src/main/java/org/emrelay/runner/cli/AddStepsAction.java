package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterResolver;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepAddition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a pipeline to a cluster as a new run. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json -idc j-2AXXXXXXGAPLF")
final class AddStepsAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private ClusterChoice choice;

    @Mixin
    private ResumeOption resume;

    @Option(names = "--yes", description = "Confirm downloads of more than 1 GB from S3.")
    private boolean yes;

    @Mixin
    private TargetOption.Implied target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    @Override
    public ExitCode execute(RunnerContext context) throws Exception {
        Application app = common.application(context, aws);
        ClusterResolver resolver = new ClusterResolver(app, choice.selector(), target.platform);
        return new StepAddition(app, yes).add(steps.source(), resolver, resume.request(), common.output(context));
    }
}
