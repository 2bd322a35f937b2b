package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.SelectedCluster;
import picocli.CommandLine.Command;

/** Describes one cluster. */
@Command(footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class DescribeClusterAction extends ClusterAction {
    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        SelectedCluster cluster = cluster(context);
        output(context).print(cluster.platform().describe(cluster.app(), cluster.selector()));
        return ExitCode.DONE;
    }
}
