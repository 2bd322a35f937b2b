package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepLogViewer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows logs of steps. */
@Command(
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts --follow"})
final class LogsAction extends ClusterRunAction {
    @Parameters(
            paramLabel = "STEP",
            arity = "0..*",
            description = "Steps whose log to print (default: those that failed).")
    private List<String> steps = new ArrayList<>();

    @Option(
            names = "--follow",
            description =
                    "Print the log of a running step as it grows, until the step ends; EMR ships it every five minutes.")
    private boolean follow;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        try (ClusterSession session = clusterOfRun(context).open(Access.READ)) {
            StepLogViewer viewer = new StepLogViewer(session, context.command());
            return follow ? viewer.follow(run, steps) : viewer.show(run, steps, output(context));
        }
    }
}
