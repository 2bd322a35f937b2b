package org.sparkpipelines.runner.cli;

import java.util.Map;
import org.sparkpipelines.runner.platform.local.LocalCluster;
import org.sparkpipelines.runner.platform.local.WorkspaceLock;
import org.sparkpipelines.runner.report.Progress;
import org.sparkpipelines.runner.report.RunReport;
import org.sparkpipelines.runner.run.Run;
import org.sparkpipelines.runner.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the steps that were added to a cluster, or goes on with them where they stopped. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class ExecuteStepsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private CommonOptions common;

    private final World world;

    ExecuteStepsAction(World world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        LocalSession session = LocalSession.openExisting(world, common);
        LocalCluster cluster = session.finder().up(choice);
        Progress progress = world.progress();
        try (WorkspaceLock lock = session.lock("execute_steps");
                Interruption interruption = new Interruption()) {
            Run taken = session.run(cluster, run.run);
            progress.say("Run " + taken.id() + " of " + taken.plan().pipeline() + " on " + cluster.id());
            RunResult result = session.execute(taken, selection.selection(), progress, interruption);
            if (result.terminateCluster()) {
                session.clusters().end(cluster.id());
                progress.say("The cluster " + cluster.id() + " was ended, as on_failure says.");
            }
            RunReport report = new RunReport(result);
            if (common.json()) {
                world.out().print(report.json(Map.of("cluster_id", cluster.id().value())));
            } else {
                world.out().print(report.text());
                world.out().print(advice(result));
            }
            return RunEnding.exitCode(result);
        }
    }

    private static String advice(RunResult result) {
        return switch (result.status()) {
            case DONE -> "\nDone. Fetch the results with -a fetch_output.\n";
            case FAILED -> "\nThe run failed. Once the cause is mended, -a execute_steps tries what failed again.\n";
            case INTERRUPTED, DETACHED, UNFINISHED -> "\nInterrupted. -a execute_steps goes on from here.\n";
        };
    }
}
