package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.Termination;
import org.emrelay.runner.platform.emr.preflight.PackageDownloads;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.provision.LaunchedCluster;
import org.emrelay.runner.platform.emr.query.ClusterDescription;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CostReport;
import org.emrelay.runner.report.DetachMessage;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.RunEnding;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.Status;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.FetchedResults;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.OutputFetcher;
import org.emrelay.runner.service.PipelineFiles;
import org.emrelay.runner.service.PipelineRun;
import org.emrelay.runner.service.ReportPages;
import org.emrelay.runner.service.WatchedRun;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline on an EMR cluster that is created for it and named after it. Afterwards everything is deleted but the bucket: results stay
 * there, and later runs of the pipeline can reuse them.
 */
final class EmrRun {
    private final Application app;
    private final PipelineRun request;
    private final ExecutionPlan plan;
    private final AwsContext aws;
    private final Progress progress;
    private final EmrClusters clusters;
    private final String name;

    private EmrRun(Application app, PipelineRun request, ExecutionPlan plan) throws IOException {
        this.app = app;
        this.request = request;
        this.plan = plan;
        this.aws = app.aws();
        this.progress = app.progress();
        this.clusters = EmrClusterPlatform.clusters(app, aws);
        this.name = plan.pipeline();
    }

    /**
     * The outcome of a run.
     *
     * @param cost null when unknown
     * @param isCleanedUp whether everything that was to be deleted is deleted
     * @param terminatesItself whether the cluster terminates after its steps, without a runner
     */
    private record Outcome(
            String clusterId,
            RunResult result,
            FetchedResults fetched,
            Optional<Path> page,
            @Nullable AccruedCost cost,
            boolean isCleanedUp,
            boolean terminatesItself) {}

    /** Creates the cluster, executes the steps, fetches the results and terminates the cluster. */
    static ExitCode execute(Application app, PipelineRun request, ClusterPlatform platform, CommandOutput output)
            throws Exception {
        PipelineFiles files = new PipelineFiles(app.context(), request.source(), platform);
        PipelineFiles.Checked checked = files.checkOrFail();
        Cluster cluster = checked.cluster();
        if (cluster == null) {
            throw CommandFailure.usage("No cluster file beside "
                    + request.source().stepsFile() + ". Pass -cluster FILE, or run locally with -t local.");
        }
        ExecutionPlan planned = files.planOf(checked);
        request.selection().in(planned);
        new SpendingLimit(app, request.supervision().maxCost()).requireKnownPrices(cluster);
        request.results().check(app.context(), planned);
        app.openWorkspace();
        // Before anything is created on AWS: packages that cannot be installed must cost nothing.
        ExecutionPlan plan = PythonArchives.of(cluster).built(app, planned);
        Outcome outcome = new EmrRun(app, request, plan).run(cluster);
        CostReport cost = new CostReport(outcome.cost());
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        cost.addTo(figures);
        RunEnding ending = new RunEnding(outcome.result(), app.elapsed());
        output.print(PipelineRun.report(outcome.clusterId(), ending, outcome.fetched(), outcome.page())
                .with(figures)
                .closing((outcome.cost() == null || outcome.result().bill() != null
                                ? ""
                                : "\nThe cluster cost " + cost.soFar() + ".\n")
                        + closing(app.context().command(), request, ending, outcome)
                        + ReportPages.text(outcome.page())));
        ExitCode code = request.finish(app, outcome.result(), outcome.fetched());
        request.supervision().end(app, outcome.result(), outcome.page());
        return code == ExitCode.DONE && !outcome.isCleanedUp() ? ExitCode.PLATFORM_FAILED : code;
    }

    private static String closing(RunnerCommand command, PipelineRun request, RunEnding ending, Outcome outcome) {
        RunResult result = ending.result();
        return switch (result.status()) {
            case DONE -> PipelineRun.done(ending, outcome.fetched());
            case FAILED ->
                PipelineRun.failed(
                        ending,
                        outcome.fetched(),
                        command.action("run", request.source().options("-t", "emr", "--resume")));
            case DETACHED ->
                new DetachMessage(new ClusterId(outcome.clusterId()), result.detachedRisks(), command).text()
                        + (outcome.terminatesItself() ? "The cluster terminates by itself after its steps.\n" : "");
            case OVER_LIMIT ->
                PipelineRun.overLimit(
                        outcome.fetched(),
                        command.action("run", request.source().options("-t", "emr", "--resume", "--max-cost", "USD")));
            case INTERRUPTED, UNFINISHED ->
                "Interrupted. Continue: " + command.action("execute_steps", "-idc", outcome.clusterId()) + "\n";
        };
    }

    private Outcome run(Cluster cluster) throws Exception {
        Selection selection = request.selection();
        RunJobFlowSteps steps = RunJobFlowSteps.canTake(plan, selection, cluster)
                ? new RunJobFlowSteps(app, aws, plan, request.resume(), progress)
                : null;
        boolean terminatesItself = steps != null;
        if (!selection.isNone()) {
            new EarlierRuns(app, aws, cluster, name).preview(plan, selection, request.resume());
        }
        String id = create(cluster, steps);
        try (EmrSession session = new EmrSession(app, aws, clusters.queries().getById(id));
                InterruptHooks interrupts = new InterruptHooks()) {
            Run run = steps == null
                    ? add(session, request.resume().resolve(session.runs(), selection, progress))
                    : session.runs().moved(steps.run(), session.id());
            progress.notice("Run " + run.id() + " of " + plan.pipeline() + " on " + id);
            WatchedRun watched = new WatchedRun(app, session, run, request.supervision(), request.results());
            RunResult result = execute(watched, session, interrupts);
            if (result.status() == Status.DETACHED || result.status() == Status.INTERRUPTED) {
                Optional<Path> page = watched.writePage(result);
                return new Outcome(id, result, FetchedResults.NONE, page, null, true, terminatesItself);
            }
            interrupts.wake(Thread.currentThread());
            FetchedResults fetched;
            boolean isCleanedUp;
            try {
                fetched = new OutputFetcher(app, session.workspace(), name, request.results()).fetchFinal(plan, result);
                if (result.status() == Status.FAILED && request.waitForLogs()) {
                    result = session.diagnosed(run);
                }
            } finally {
                isCleanedUp = cleanUp();
            }
            ClusterDescription ended = clusters.queries().describe(id, null);
            AccruedCost cost = ended.cost();
            if (cost != null) {
                result = session.recordCost(run, ended.instances(), cost);
            }
            Optional<Path> page = watched.writePage(result);
            return new Outcome(id, result, fetched, page, cost, isCleanedUp, terminatesItself);
        }
    }

    /** @param steps submitted with the cluster; null when they are added afterwards, by a runner that stays attached */
    private String create(Cluster cluster, @Nullable RunJobFlowSteps steps) throws IOException {
        BootstrapScripts scripts = EmrClusterPlatform.bootstrapScripts(cluster);
        PendingCreation pending = new PendingCreation(name, app.context().command());
        try (InterruptHooks interrupts = new InterruptHooks()) {
            interrupts.print(() -> app.context().err().println(pending.interruptMessage()));
            Cluster requested = steps == null ? cluster : cluster.terminatingAfterLastStep();
            Consumer<String> onCreated = created -> {
                pending.created(created);
                progress.notice("Created cluster " + created + " for this run; it terminates after "
                        + (steps == null ? "the run." : "its steps, even without this runner."));
                EmrCreation.reportCost(app, requested, name);
            };
            LaunchedCluster launched = clusters.create(
                    requested,
                    name,
                    scripts,
                    steps == null ? InitialSteps.NONE : steps,
                    PackageDownloads.of(plan),
                    false,
                    onCreated);
            return clusters.awaitServiceRole(launched, name, onCreated);
        }
    }

    private RunResult execute(WatchedRun watched, EmrSession session, InterruptHooks interrupts)
            throws IOException, InterruptedException {
        try {
            return watched.execute(request.selection(), interrupts, InterruptPolicy.DETACH);
        } catch (IOException | RuntimeException failure) {
            RunnerCommand command = app.context().command();
            progress.warn("Cluster " + session.id() + " is still running steps and incurs costs.");
            progress.warn("Reattach: "
                    + command.action("execute_steps", "-idc", session.id().value()));
            progress.warn("Delete it: " + command.action("terminate_cluster", "-c", name));
            throw failure;
        }
    }

    /** A cluster whose steps cannot be added is of no use. */
    private Run add(EmrSession session, @Nullable Reuse reuse) throws IOException {
        try {
            return session.addChecked(plan, reuse);
        } catch (IOException | RuntimeException failure) {
            progress.warn("The steps could not be added. Terminating the cluster.");
            cleanUp();
            throw failure;
        }
    }

    /** Terminates the cluster and deletes everything but the bucket; false if something could not be deleted. */
    private boolean cleanUp() throws IOException {
        try (Termination termination = clusters.prepareTermination(null, name)) {
            DeletionOutcome outcome = termination.execute(false);
            outcome.failures().forEach(progress::warn);
            if (!outcome.isComplete()) {
                progress.warn("Some resources were not deleted. Delete them: "
                        + app.context().command().action("terminate_cluster", "-c", name));
            }
            return outcome.isComplete();
        }
    }
}
