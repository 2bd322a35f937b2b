package org.emrelay.runner.cli;

import java.util.Map;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the steps of a run and what has become of them. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class ListStepsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    ListStepsAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        try (ClusterSession session = new ClusterResolver(world, common, choice, aws, target.target).toLook()) {
            Run found = session.book().run(session.id(), run.run);
            RunResult result = session.look(found);
            RunReport report = new RunReport(result);
            if (common.json()) {
                world.out().print(report.json(Map.of("cluster_id", session.id().value())));
            } else {
                world.out()
                        .println("Run " + found.id() + " of " + found.plan().pipeline() + " on " + session.id() + ":");
                world.out().print(report.text());
            }
        }
        return ExitCode.DONE;
    }
}
