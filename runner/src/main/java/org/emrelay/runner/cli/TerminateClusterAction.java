package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.SelectedCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Terminates a cluster. */
@Command(footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class TerminateClusterAction extends ClusterAction {
    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--force", description = "On EMR: terminate a cluster despite termination protection.")
    private boolean force;

    @Option(
            names = "--delete-bucket",
            description = "Delete the workspace too: scripts, logs, journals and all results.")
    private boolean deleteBucket;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        SelectedCluster cluster = cluster(context);
        return cluster.platform()
                .terminate(
                        cluster.app(),
                        new ClusterPlatform.Removal(cluster.selector(), yes, force, deleteBucket),
                        output(context));
    }
}
