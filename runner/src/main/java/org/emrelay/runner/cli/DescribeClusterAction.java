package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Describes one cluster. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class DescribeClusterAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

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
        common.output(context).print(platform.describe(app, choice.selector()));
        return ExitCode.DONE;
    }
}
