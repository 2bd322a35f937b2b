package org.emrelay.runner.cli;

import java.util.Map;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the steps that were added to a cluster, or goes on with them where they stopped. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc j-2AXXXXXXGAPLF")
final class ExecuteStepsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Mixin
    private SelectionOptions selection;

    @Option(
            names = "--cancel",
            description = "On EMR, let Ctrl-C stop the steps; without it they go on and can be come back to.")
    private boolean cancel;

    @Option(names = "--no-logs", description = "Do not wait for the logs of a step on EMR that failed.")
    private boolean noLogs;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    ExecuteStepsAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        ClusterResolver sessions = new ClusterResolver(world, common, choice, aws, target.target);
        Progress progress = sessions.progress();
        try (ClusterSession session = sessions.toExecute("execute_steps");
                Interruption interruption = new Interruption()) {
            Run taken = session.book().run(session.id(), run.run);
            progress.say("Run " + taken.id() + " of " + taken.plan().pipeline() + " on " + session.id());
            RunResult result = session.execute(
                    taken,
                    selection.selection(),
                    interruption,
                    cancel ? InterruptPolicy.CANCEL : InterruptPolicy.DETACH);
            if (result.terminateCluster()) {
                session.endCluster();
                progress.say("The cluster " + session.id() + " was ended, as on_failure says.");
            }
            if (result.status() == RunResult.Status.FAILED && !noLogs) {
                interruption.wakes(Thread.currentThread());
                result = session.explained(result);
            }
            tell(session, result);
            return RunEnding.exitCode(result);
        }
    }

    private void tell(ClusterSession session, RunResult result) {
        RunReport report = new RunReport(result);
        if (common.json()) {
            world.out().print(report.json(Map.of("cluster_id", session.id().value())));
        } else {
            world.out().print(report.text());
            world.out().print(advice(session, result));
        }
    }

    private static String advice(ClusterSession session, RunResult result) {
        return switch (result.status()) {
            case DONE -> "\nDone. Fetch the results with -a fetch_output.\n";
            case FAILED ->
                session.isUp()
                        ? "\nThe run failed. Once the cause is mended, -a execute_steps tries what failed again.\n"
                        : "\nThe run failed, and the cluster has ended. Once the cause is mended, make it again with -a create_cluster"
                                + " and the same -c NAME: -a add_steps --resume then uses what is finished.\n";
            case INTERRUPTED, UNFINISHED -> "\nInterrupted. -a execute_steps goes on from here.\n";
            case DETACHED -> "\n" + new DetachMessage(session.id(), result.unwatched()).text();
        };
    }
}
