package org.emrelay.runner.service;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.forecast.Forecaster;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CommandScriptReport;
import org.emrelay.runner.report.ForecastReport;
import org.emrelay.runner.report.PlanReport;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.ClusterPlatform.ClusterPlan;
import org.jspecify.annotations.Nullable;

/** Shows what a run would execute and what its cluster would create. Without checks it needs no network. */
public final class PipelinePlanning {
    /** Plain spark-submit has no file system but that of this machine; it downloads programs and libraries by HTTP. */
    private static final Set<String> ACCESSIBLE = Set.of("", "file", "local", "http", "https");

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
        RunPreview preview = selection.isNone() && resume.isNone()
                ? null
                : preview(platform, checked.cluster(), plan, check, selection, resume);
        if (preview != null) {
            report.preview(preview);
        }
        forecast(platform, checked.cluster(), plan, check, preview).ifPresent(forecast -> {
            if (check) {
                report.forecast(forecast);
            } else {
                // The plan itself depends on the files only.
                app.progress().notice(forecast.sentence());
            }
        });
        Optional<ClusterPlan> cluster = checked.cluster() == null
                ? Optional.empty()
                : platform.planCluster(app, checked.cluster(), plan, check);
        cluster.ifPresent(planned -> report.cluster(planned.report()));
        output.print(report);
        return cluster.map(ClusterPlan::isFeasible).orElse(true) ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }

    /** What the run would take, from earlier runs, which on other platforms are looked for with {@code --check} only. */
    private Optional<ForecastReport> forecast(
            ClusterPlatform platform,
            @Nullable Cluster cluster,
            ExecutionPlan plan,
            boolean check,
            @Nullable RunPreview preview) {
        if (!check && !platform.rules().seesLocalFiles()) {
            return Optional.empty();
        }
        try {
            return new Forecaster(plan, platform.earlierRuns(app, cluster, plan.pipeline()))
                    .forecast(step ->
                            step.runs() && (preview == null || preview.of(step.name()) instanceof RunPreview.Runs))
                    .map(ForecastReport::new);
        } catch (IOException | RunnerException failure) {
            app.progress().warn("Earlier runs cannot be read, so there is no forecast. " + failure.getMessage());
            return Optional.empty();
        }
    }

    /** Prints a shell script that runs the pipeline on this machine without Emrelay. */
    public ExitCode printCommands(PipelineSource source, ClusterPlatform platform, CommandOutput output)
            throws IOException {
        if (!platform.rules().seesLocalFiles()) {
            throw CommandFailure.usage("--print-commands is for this machine: omit -t "
                    + platform.label().key() + ".");
        }
        ExecutionPlan plan = new PipelineFiles(app.context(), source, platform).planOrFail();
        plan.steps().stream().filter(PlannedStep::runs).forEach(PipelinePlanning::requireLocal);
        output.print(new CommandScriptReport(
                plan, app.context().command().action("plan", source.options("--print-commands"))));
        return ExitCode.DONE;
    }

    private static void requireLocal(PlannedStep step) {
        SparkSubmit submit = step.sparkSubmit();
        step.inputs().forEach(input -> input.uris().forEach(uri -> requireLocal(step, "reads", uri)));
        if (step.output().destination() instanceof Output.AtUri at) {
            requireLocal(step, "writes to", Argument.literal(at.uri()));
        }
        requireLocal(step, "runs", submit.program());
        submit.settings().files().values().forEach(files -> files.forEach(file -> requireLocal(step, "needs", file)));
    }

    private static void requireLocal(PlannedStep step, String verb, Argument file) {
        if (!ACCESSIBLE.contains(file.scheme()) && file.parts().get(0) instanceof Argument.Literal location) {
            throw CommandFailure.refused("Step '" + step.name() + "' " + verb + " " + location.text()
                    + ", which plain spark-submit cannot access. Use a path on this machine.");
        }
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
