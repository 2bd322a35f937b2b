package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepAddition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a pipeline to a cluster as a new run. */
@Command(
        customSynopsis = StepsOptions.SYNOPSIS,
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json -idc j-2AXXXXXXGAPLF")
final class AddStepsAction extends ClusterAction {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private ResumeOption resume;

    @Option(names = "--yes", description = "Confirm downloads of more than 1 GB from S3.")
    private boolean yes;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return new StepAddition(cluster(context), yes)
                .add(steps.source(workspace(context)), resume.request(), output(context));
    }
}
