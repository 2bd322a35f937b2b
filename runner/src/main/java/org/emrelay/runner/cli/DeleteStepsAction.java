package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterResolver;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepDeletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes steps from a run, with all steps that depend on them. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = "%nExample: ${COMMAND-NAME} clouds --yes")
final class DeleteStepsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Option(names = "--cancel", description = "Also delete steps running on EMR: they are cancelled.")
    private boolean cancel;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Parameters(
            paramLabel = "STEP",
            arity = "0..*",
            description = "Steps to delete (default: all that have not started).")
    private List<String> steps = new ArrayList<>();

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
        return new StepDeletion(app, resolver, yes).delete(run.run, steps, cancel, common.output(context));
    }
}
