package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.ExecutionPolicy;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.StepRemover;
import org.jspecify.annotations.Nullable;

/** A command's session on one cluster that runs steps. */
public interface ClusterSession extends AutoCloseable {
    ClusterId id();

    Workspace workspace();

    Runs runs();

    /** Adds a run: uploads what its steps need, and records the run. */
    default Run add(ExecutionPlan plan, @Nullable Reuse reuse) throws IOException {
        return runs().add(plan, id(), reuse);
    }

    /**
     * Executes a run, or continues it.
     *
     * @param watcher receives the progress too
     */
    RunResult execute(
            Run run, Selection selection, InterruptHooks interrupts, ExecutionPolicy policy, RunListener watcher)
            throws IOException, InterruptedException;

    /** Finds and records causes that are not known when a step fails; may wait for logs. */
    default RunResult diagnosed(Run run) throws IOException, InterruptedException {
        return read(run);
    }

    /** Opens a run to remove steps from it. */
    StepRemover removal(Run run) throws IOException, InterruptedException;

    /** Reads the state of a run, which another process may be executing. */
    RunResult read(Run run) throws IOException;

    /** Prints a step's log as it grows, until the step has ended. */
    void followLog(Run run, StepResult step) throws IOException;

    /** Reads the logs that are available now. */
    StepLogsReport.LogSource logs();

    /** What outputs are downloaded from, such as {@code S3}; empty where they are on this machine. */
    default String remoteStore() {
        return "";
    }

    /** Whether the cluster still accepts steps. */
    boolean isUp();

    /** Whether this workspace created the cluster and nothing but this run uses it. */
    default boolean isUsedOnlyBy(Run run) throws IOException {
        return false;
    }

    /** Terminates the cluster and deletes nothing else. */
    void endCluster() throws IOException;

    @Override
    void close() throws IOException;
}
