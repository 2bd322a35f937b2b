package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;

/** Lists the steps of a run with their states. */
@Command(footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class ListStepsAction extends ClusterRunAction {
    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        try (ClusterSession session = clusterOfRun(context).open(Access.READ)) {
            Run found = session.runs().readableRun(session.id(), run);
            output(context)
                    .print(new RunReport(session.read(found))
                            .asOf(context.clock().instant())
                            .with("cluster_id", session.id().value())
                            .heading("Run " + found.id() + " of " + found.plan().pipeline() + " on " + session.id()
                                    + ":\n"));
        }
        return ExitCode.DONE;
    }
}
