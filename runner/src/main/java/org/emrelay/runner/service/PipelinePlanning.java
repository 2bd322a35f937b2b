package org.emrelay.runner.service;

import java.io.IOException;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.PlanReport;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.ClusterPlatform.ClusterPlan;
import org.jspecify.annotations.Nullable;

/** Shows what a run would execute and what its cluster would create. Without checks it needs no network. */
public final class PipelinePlanning {
    private final Application app;

    public PipelinePlanning(Application app) {
        this.app = app;
    }

    /**
     * Prints the plan.
     *
     * @param check whether to look for obstacles and earlier results on the platform, with read-only calls
     */
    public ExitCode plan(
            PipelineSource source,
            ClusterPlatform platform,
            boolean check,
            Selection selection,
            ResumeRequest resume,
            CommandOutput output)
            throws IOException {
        PipelineFiles files = new PipelineFiles(app.context(), source, platform);
        PipelineFiles.Checked checked = files.checkOrFail();
        ExecutionPlan plan = files.planOf(checked);
        PlanReport report = new PlanReport(plan);
        if (!selection.isNone() || !resume.isNone()) {
            report.preview(preview(platform, checked.cluster(), plan, check, selection, resume));
        }
        Optional<ClusterPlan> cluster = checked.cluster() == null
                ? Optional.empty()
                : platform.planCluster(app, checked.cluster(), plan, check);
        cluster.ifPresent(planned -> report.cluster(planned.report()));
        output.print(report);
        return cluster.map(ClusterPlan::isFeasible).orElse(true) ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }

    private RunPreview preview(
            ClusterPlatform platform,
            @Nullable Cluster cluster,
            ExecutionPlan plan,
            boolean check,
            Selection selection,
            ResumeRequest resume)
            throws IOException {
        if (!check && !platform.rules().seesLocalFiles()) {
            throw CommandFailure.usage("Earlier results are on "
                    + platform.label().name() + ": add --check to look for them, with read-only calls.");
        }
        return platform.preview(app, cluster, plan, selection, resume);
    }
}
