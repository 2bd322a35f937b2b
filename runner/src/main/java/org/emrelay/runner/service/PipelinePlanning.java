package org.emrelay.runner.service;

import java.io.IOException;
import java.util.Optional;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.PlanReport;
import org.emrelay.runner.service.ClusterPlatform.ClusterPlan;

/** Shows what a run would execute and what its cluster would create. Without checks it needs no network. */
public final class PipelinePlanning {
    private final Application app;

    public PipelinePlanning(Application app) {
        this.app = app;
    }

    /**
     * Prints the plan.
     *
     * @param check whether to look for obstacles on the platform, with read-only calls
     */
    public ExitCode plan(PipelineSource source, ClusterPlatform platform, boolean check, CommandOutput output)
            throws IOException {
        PipelineFiles files = new PipelineFiles(app.context(), source, platform);
        PipelineFiles.Checked checked = files.checkOrFail();
        ExecutionPlan plan = files.planOf(checked);
        PlanReport report = new PlanReport(plan);
        Optional<ClusterPlan> cluster = checked.cluster() == null
                ? Optional.empty()
                : platform.planCluster(app, checked.cluster(), plan, check);
        cluster.ifPresent(planned -> report.cluster(planned.report()));
        output.print(report);
        return cluster.map(ClusterPlan::isFeasible).orElse(true) ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }
}
