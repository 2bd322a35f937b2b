package org.emrelay.runner.cli;

import java.io.IOException;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;
import org.jspecify.annotations.Nullable;

/** One command's dealings with one cluster that runs steps, on this machine or on EMR. */
interface ClusterSession extends AutoCloseable {
    ClusterId id();

    Workspace workspace();

    Runs book();

    /** Begins a run: whatever its steps need is brought to where the cluster finds it. */
    Run add(ExecutionPlan plan, @Nullable Run resumedFrom) throws IOException;

    /**
     * Carries a run out, or goes on with it.
     *
     * @param onInterrupt what an interruption does where steps could go on without us
     */
    RunResult execute(Run run, Selection selection, Interruption interruption, InterruptPolicy onInterrupt)
            throws IOException, SelectionException, InterruptedException;

    /** The same result with the causes of failures in it, which may have to be waited for. */
    RunResult explained(RunResult result);

    /** Opens a run to take steps out of it. */
    StepRemovalSession stepsOut(Run run) throws IOException, InterruptedException;

    /** What has become of a run so far, also while another process executes it. */
    RunResult look(Run run) throws IOException;

    /** The same step with the cause of its failure, as far as it can be known at this moment. */
    StepResult explainedNow(StepResult step);

    /** Prints what a step writes, as it becomes known, until it has ended. */
    void followLog(Run run, StepResult step) throws IOException;

    /** Prints what a step wrote; false when nothing of it is there. */
    boolean printLog(StepResult step) throws IOException;

    /** Whether it still takes steps. */
    boolean isUp();

    /** Ends the cluster, and nothing else. */
    void endCluster() throws IOException;

    @Override
    void close() throws IOException;
}
