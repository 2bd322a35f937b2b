package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ClusterInspection;
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
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final RunnerContext context;

    DescribeClusterAction(RunnerContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() throws Exception {
        ClusterInspection inspection = new ClusterInspection(common.application(context, aws));
        common.output(context).print(inspection.describe(choice.selector(), target.target));
        return ExitCode.DONE;
    }
}
