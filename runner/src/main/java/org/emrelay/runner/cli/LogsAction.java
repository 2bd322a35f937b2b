package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.emrelay.runner.service.ClusterResolver;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepLogViewer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows logs of steps. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts --follow"})
final class LogsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Parameters(
            paramLabel = "STEP",
            arity = "0..*",
            description = "Steps whose log to print (default: those that failed).")
    private List<String> steps = new ArrayList<>();

    @Option(
            names = "--follow",
            description = "Print the log of a running EMR step as EMR ships it, until the step ends.")
    private boolean follow;

    @Mixin
    private TargetOption.Implied target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    @Override
    public ExitCode execute(RunnerContext context) throws Exception {
        ClusterResolver resolver =
                new ClusterResolver(common.application(context, aws), choice.selector(), target.platform);
        try (ClusterSession session = resolver.open(Access.READ)) {
            StepLogViewer viewer = new StepLogViewer(session);
            return follow ? viewer.follow(run.run, steps) : viewer.show(run.run, steps, common.output(context));
        }
    }
}
