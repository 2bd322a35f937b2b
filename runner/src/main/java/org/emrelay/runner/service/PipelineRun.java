package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CostReport;
import org.emrelay.runner.report.DetachMessage;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.Selection;
import org.jspecify.annotations.Nullable;

/** Runs a pipeline on a cluster of its own: creates it, executes the steps, fetches the results, terminates it. */
public final class PipelineRun {
    private final Application app;
    private final PipelineSource source;
    private final Selection selection;
    private final ResumeRequest resume;
    private final ResultsDirectory results;

    public PipelineRun(
            Application app,
            PipelineSource source,
            Selection selection,
            ResumeRequest resume,
            ResultsDirectory results) {
        this.app = app;
        this.source = source;
        this.selection = selection;
        this.resume = resume;
        this.results = results;
    }

    /**
     * Runs the pipeline on this machine.
     *
     * @param confirmed whether large downloads from S3 need no confirmation
     */
    public ExitCode runLocally(boolean confirmed, CommandOutput output) throws IOException {
        ExecutionPlan plan = new S3Inputs(app, confirmed).plan(new PipelineFiles(app.context(), source, Target.LOCAL));
        Progress progress = app.context().progress();
        LocalSession session = app.localSession();
        try (WorkspaceLock lock = session.lock("run");
                InterruptHooks interrupts = new InterruptHooks()) {
            session.clusters().endAbandoned();
            LocalCluster cluster = session.clusters().createForOneRun(plan.pipeline());
            Run earlier = resume.resolve(
                    session.runs(), plan.pipeline(), selection, app.context().err()::println);
            Run run = session.runs().add(plan, cluster.id(), earlier);
            progress.notice("Run " + run.id() + " of " + plan.pipeline() + " on this machine (" + cluster.id() + ")");
            RunResult result = session.execute(run, selection, progress, interrupts);
            List<Path> fetched = List.of();
            if (result.status() == RunResult.Status.DONE) {
                fetched = new OutputFetcher(
                                session.workspace(), results.resolve(app.context(), plan.pipeline()), progress)
                        .fetchFinal(plan, result);
            }
            if (result.status() != RunResult.Status.INTERRUPTED) {
                session.clusters().end(cluster.id());
            }
            output.print(report(cluster.id().value(), result, fetched).closing("\n" + closing(result, fetched)));
            return result.status().exitCode();
        }
    }

    private static RunReport report(String cluster, RunResult result, List<Path> fetched) {
        return new RunReport(result)
                .with("cluster_id", cluster)
                .with("results", fetched.stream().map(Path::toString).toList());
    }

    private static String closing(RunResult result, List<Path> fetched) {
        return switch (result.status()) {
            case DONE -> done(fetched);
            case FAILED -> "The run failed. Fix the cause, then run -a run --resume to reuse finished steps.\n";
            case INTERRUPTED, UNFINISHED, DETACHED ->
                "Interrupted. Run -a execute_steps to continue, or -a run --resume to start over with finished steps.\n";
        };
    }

    private static String done(List<Path> fetched) {
        return fetched.isEmpty()
                ? "Done.\n"
                : "Results: " + fetched.stream().map(Path::toString).collect(Collectors.joining(", ")) + "\n";
    }

    /**
     * Runs the pipeline on EMR.
     *
     * @param waitForLogs whether to wait for the logs of steps that fail
     */
    public ExitCode runOnEmr(boolean waitForLogs, CommandOutput output) throws Exception {
        PipelineFiles files = new PipelineFiles(app.context(), source, Target.EMR);
        PipelineFiles.Checked checked = files.checkOrFail();
        Cluster cluster = checked.cluster();
        if (cluster == null) {
            throw CommandFailure.usage("No cluster file beside " + source.stepsFile()
                    + ". Pass -cluster FILE, or run locally with -t local.");
        }
        ExecutionPlan plan = files.planOf(checked);
        selection.validate(plan);
        Path directory = results.resolve(app.context(), plan.pipeline());
        EmrRun.Outcome outcome = new EmrRun(app, plan).run(cluster, selection, resume, directory, waitForLogs);
        CostReport cost = new CostReport(outcome.cost());
        RunReport report = report(outcome.clusterId(), outcome.result(), outcome.fetched());
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        cost.addTo(figures);
        output.print(report.with(figures)
                .closing((outcome.cost() == null ? "" : "\nThe cluster cost " + cost.soFar() + ".\n")
                        + closing(outcome)));
        ExitCode code = outcome.result().status().exitCode();
        return code == ExitCode.DONE && !outcome.isCleanedUp() ? ExitCode.PLATFORM_FAILED : code;
    }

    private static String closing(EmrRun.Outcome outcome) {
        RunResult result = outcome.result();
        return switch (result.status()) {
            case DONE -> done(outcome.fetched());
            case FAILED -> "The run failed. Fix the cause, then run -a run -t emr --resume to reuse finished steps.\n";
            case DETACHED ->
                new DetachMessage(new ClusterId(outcome.clusterId()), result.detachedRisks()).text()
                        + (outcome.terminatesItself() ? "The cluster terminates by itself after its steps.\n" : "");
            case INTERRUPTED, UNFINISHED ->
                "Interrupted. Run -a execute_steps -idc " + outcome.clusterId() + " to continue.\n";
        };
    }
}
