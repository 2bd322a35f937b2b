package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Terminates a cluster. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class TerminateClusterAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--force", description = "On EMR: terminate a cluster despite termination protection.")
    private boolean force;

    @Option(
            names = "--delete-bucket",
            description = "Delete the workspace too: scripts, logs, journals and all results.")
    private boolean deleteBucket;

    @Mixin
    private TargetOption.Implied target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    @Override
    public ExitCode execute(RunnerContext context) throws Exception {
        Application app = common.application(context, aws);
        ClusterPlatform platform = context.platforms().resolve(app, choice.selector(), target.platform);
        ClusterPlatform.Removal removal = new ClusterPlatform.Removal(choice.selector(), yes, force, deleteBucket);
        return platform.terminate(app, removal, common.output(context));
    }
}
