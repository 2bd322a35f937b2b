package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.ClusterPlatform.Access;

/** Adds a pipeline's steps to a cluster as a new run. */
public final class StepAddition {
    private final SelectedCluster cluster;
    private final boolean confirmed;

    public StepAddition(SelectedCluster cluster, boolean confirmed) {
        this.cluster = cluster;
        this.confirmed = confirmed;
    }

    public ExitCode add(PipelineSource source, ResumeRequest resume, CommandOutput output) throws IOException {
        ExecutionPlan plan = cluster.platform().plan(cluster.app(), source, confirmed);
        try (ClusterSession session = cluster.open(Access.ADD_STEPS)) {
            Reuse reuse =
                    resume.resolve(session.runs(), Selection.NONE, cluster.app().progress());
            output.print(CreationReport.ofRun(
                    session.add(plan, reuse), cluster.app().context().command()));
        }
        return ExitCode.DONE;
    }
}
