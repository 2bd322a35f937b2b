package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.jspecify.annotations.Nullable;

/** A command's session on one cluster that runs steps, locally or on EMR. */
public interface ClusterSession extends AutoCloseable {
    ClusterId id();

    Workspace workspace();

    Runs runs();

    /** Adds a run: uploads what its steps need, and records the run. */
    Run add(ExecutionPlan plan, @Nullable Run resumedFrom) throws IOException;

    /**
     * Executes a run, or continues it.
     *
     * @param onInterrupt what an interrupt does on a platform whose steps can outlive this process
     */
    RunResult execute(Run run, Selection selection, InterruptHooks interrupts, InterruptPolicy onInterrupt)
            throws IOException, InterruptedException;

    /** Adds the causes of failures to a result; may wait for logs. */
    RunResult diagnosed(RunResult result);

    /** Opens a run to remove steps from it. */
    StepRemovalSession removal(Run run) throws IOException, InterruptedException;

    /** Reads the state of a run, which another process may be executing. */
    RunResult read(Run run) throws IOException;

    /** Prints a step's log as it grows, until the step has ended. */
    void followLog(Run run, StepResult step) throws IOException;

    /** Reads the logs that are available now. */
    StepLogsReport.LogSource logs();

    /** Whether the cluster still accepts steps. */
    boolean isUp();

    /** Terminates the cluster and deletes nothing else. */
    void endCluster() throws IOException;

    @Override
    void close() throws IOException;
}
