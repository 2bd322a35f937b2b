package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.DetachMessage;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.RunEnding;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.jspecify.annotations.Nullable;

/** Executes a run that was added to a cluster, or continues it where it stopped. */
public final class StepExecution {
    private final SelectedCluster cluster;

    public StepExecution(SelectedCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Executes the run.
     *
     * @param runId null for the cluster's newest run
     * @param waitForLogs whether to wait for the logs of steps that fail on EMR
     * @param supervision how to watch over the run
     */
    public ExitCode execute(
            @Nullable String runId,
            Selection selection,
            InterruptPolicy onInterrupt,
            boolean waitForLogs,
            Supervision supervision,
            CommandOutput output)
            throws IOException, InterruptedException {
        Progress progress = cluster.app().progress();
        try (ClusterSession session = cluster.open(Access.EXECUTE_STEPS);
                InterruptHooks interrupts = new InterruptHooks()) {
            Run run = session.runs().run(session.id(), runId);
            session.runs().requireTrusted(run);
            progress.notice("Run " + run.id() + " of " + run.plan().pipeline() + " on " + session.id());
            WatchedRun watched = new WatchedRun(cluster.app(), session, run, supervision, ResultsTarget.DEFAULT);
            RunResult result = watched.execute(selection, interrupts, onInterrupt);
            if (result.terminateCluster()) {
                session.endCluster();
                progress.notice("Terminated cluster " + session.id() + " (on_failure: terminate_cluster).");
            }
            if (result.status() == RunResult.Status.OVER_LIMIT && session.isUsedOnlyBy(run)) {
                session.endCluster();
                progress.notice("Terminated cluster " + session.id() + ": it cost what it may cost.");
            }
            if (result.status() == RunResult.Status.FAILED && waitForLogs) {
                interrupts.wake(Thread.currentThread());
                result = session.diagnosed(run);
            }
            Optional<Path> page = watched.writePage(result);
            output.print(new RunReport(result)
                    .asOf(cluster.app().context().clock().instant())
                    .with("cluster_id", session.id().value())
                    .with("report", page.map(Path::toString).orElse(null))
                    .closing("\n"
                            + closing(
                                    cluster.app().context().command(),
                                    session,
                                    new RunEnding(result, cluster.app().elapsed()))
                            + ReportPages.text(page)));
            watched.end(result, page);
            return result.status().exitCode();
        }
    }

    private static String closing(RunnerCommand command, ClusterSession session, RunEnding ending) {
        RunResult result = ending.result();
        String id = session.id().value();
        return switch (result.status()) {
            case DONE -> ending.done() + " Fetch the results: " + command.action("fetch_output", "-idc", id) + "\n";
            case FAILED ->
                session.isUp()
                        ? ending.failed() + " Fix the cause, then retry the failed steps: "
                                + command.action("execute_steps", "-idc", id) + "\n"
                        : ending.failed()
                                + " The cluster has ended. Fix the cause, create a cluster of the same name, and reuse"
                                + " the finished steps: " + command.action("create_cluster", "-c", "NAME") + " && "
                                + command.action("add_steps", "-c", "NAME", "--resume") + "\n";
            case OVER_LIMIT ->
                session.isUp()
                        ? "The run stopped at its spending limit. Continue with a higher one: "
                                + command.action("execute_steps", "-idc", id, "--max-cost", "USD") + "\n"
                        : "The run stopped at its spending limit. Create a cluster of the same name, and reuse the"
                                + " finished steps: " + command.action("create_cluster", "-c", "NAME") + " && "
                                + command.action("add_steps", "-c", "NAME", "--resume") + "\n";
            case INTERRUPTED, UNFINISHED ->
                "Interrupted. Continue: " + command.action("execute_steps", "-idc", id) + "\n";
            case DETACHED -> new DetachMessage(session.id(), result.detachedRisks(), command).text();
        };
    }
}
