package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Output.AtUri;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.parse.PlatformRules;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.report.ClusterListReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.report.LocalClusterReport;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Report;
import org.emrelay.runner.report.RunEnding;
import org.emrelay.runner.report.RunListReport;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.FetchedResults;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.OutputFetcher;
import org.emrelay.runner.service.PipelineFiles;
import org.emrelay.runner.service.PipelineRun;
import org.emrelay.runner.service.PipelineSource;
import org.emrelay.runner.service.ReportPages;
import org.emrelay.runner.service.ResumeRequest;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.Runs;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.service.WatchedRun;
import org.jspecify.annotations.Nullable;

/** This machine: a step is a process, and a cluster is only a name. */
public final class LocalClusterPlatform implements ClusterPlatform {
    private static final Label LABEL = new Label("local", "local", "no cost", "a local cluster", "local-1a2b3c4d");
    private static final PlatformRules RULES = new PlatformRules(false, true, false);
    private static final Pattern SPARK_SYNTAX = Pattern.compile("[:#{}\\[\\]*?,\\\\]");
    private static final Pattern ID = Pattern.compile("local-[A-Za-z0-9]{1,64}");

    @Override
    public Label label() {
        return LABEL;
    }

    @Override
    public PlatformRules rules() {
        return RULES;
    }

    @Override
    public StreamPlatform streams() {
        return new LocalStreams();
    }

    @Override
    public List<Problem> check(
            RunnerContext context, Pipeline pipeline, Supplier<ExecutionPlan> plan, String stepsFile) {
        return new LocalPythonCheck(context.environment(), stepsFile).check(pipeline);
    }

    @Override
    public Claim claim(Application app, ClusterSelector selector) throws IOException {
        if (selector.id() != null) {
            return ID.matcher(selector.id()).matches() ? Claim.YES : Claim.NO;
        }
        return LocalSession.clusters(app).stream()
                        .anyMatch(cluster -> selector.name() == null
                                ? cluster.isActive()
                                : cluster.name().equals(selector.name()))
                ? Claim.YES
                : Claim.NO;
    }

    @Override
    public Optional<RunId> knownRun(Application app, @Nullable String id) throws IOException {
        Optional<LocalWorkspace> workspace = app.findWorkspace();
        return workspace.isEmpty()
                ? Optional.empty()
                : new RunStore(workspace.get())
                        .ids().stream()
                                .filter(run -> id == null || run.value().equals(id))
                                .findFirst();
    }

    @Override
    public ExitCode create(Application app, Creation creation, CommandOutput output) throws IOException {
        LocalClusters clusters = LocalSession.open(app).clusters();
        for (LocalCluster existing : clusters.findActive(creation.name())) {
            throw CommandFailure.refused("A cluster named '" + creation.name() + "' is already up: " + existing.id()
                    + ". Use it with -idc " + existing.id()
                    + ", choose another name, or terminate it: "
                    + app.context()
                            .command()
                            .action("terminate_cluster", "-idc", existing.id().value()));
        }
        LocalCluster created = clusters.create(creation.name());
        output.print(CreationReport.ofCluster(
                created.id().value(),
                creation.name(),
                "Next: "
                        + app.context()
                                .command()
                                .action(
                                        "add_steps",
                                        "-steps",
                                        "steps.json",
                                        "-idc",
                                        created.id().value())));
        return ExitCode.DONE;
    }

    @Override
    public ClusterSession open(Application app, ClusterSelector selector, Access access) throws IOException {
        LocalSession session = access == Access.ADD_STEPS ? LocalSession.open(app) : LocalSession.openExisting(app);
        boolean mustBeUp = access == Access.ADD_STEPS || access == Access.EXECUTE_STEPS;
        LocalCluster cluster;
        if (access == Access.READ && selector.isNone()) {
            ClusterId ofRun = LocalClusterSession.runs(app, session)
                    .find(selector.run())
                    .map(Run::cluster)
                    .orElse(null);
            if (ofRun == null
                    && selector.run() != null
                    && session.clusters().list().stream().noneMatch(LocalCluster::isActive)) {
                throw CommandFailure.usage("No run " + selector.run() + " in " + app.workspace() + ". List the runs: "
                        + app.context().command().action("list_runs"));
            }
            cluster = ofRun == null ? session.any(selector) : session.cluster(ofRun);
        } else {
            cluster = mustBeUp ? session.up(selector) : session.any(selector);
        }
        if (access == Access.EXECUTE_STEPS || access == Access.DELETE_STEPS) {
            requirePlainPath(app);
            app.lock().lockCluster(cluster.id());
            if (mustBeUp) {
                // Another process may have ended it before the lock was held.
                cluster = session.up(new ClusterSelector(cluster.id().value(), null));
            }
        }
        return new LocalClusterSession(app, session, cluster);
    }

    /** Each path that a step receives begins with that of the workspace. */
    private static void requirePlainPath(Application app) {
        if (SPARK_SYNTAX.matcher(app.workspace().toString()).find()) {
            throw CommandFailure.refused("Spark cannot read below " + app.workspace()
                    + ": it takes : # { } [ ] * ? , and \\ in a path for syntax. Pass a directory without them as"
                    + " --workspace.");
        }
    }

    @Override
    public Report describe(Application app, ClusterSelector selector) throws IOException {
        LocalSession local = LocalSession.openExisting(app);
        LocalCluster cluster = local.any(selector);
        return new LocalClusterReport(
                local.current(cluster),
                local.workspace().directory(),
                new RunListReport(new LocalRunList(app, local)
                        .rows(new ClusterSelector(cluster.id().value(), null))));
    }

    @Override
    public ClusterListReport.Section list(Application app, ListFilter filter) throws IOException {
        return new ClusterListReport.LocalListing(LocalSession.clustersToList(app));
    }

    @Override
    public List<RunListReport.Row> listRuns(Application app, ClusterSelector selector) throws IOException {
        if (selector.isNone() && app.findWorkspace().isEmpty()) {
            return List.of();
        }
        return new LocalRunList(app, LocalSession.openExisting(app)).rows(selector);
    }

    @Override
    public ExitCode clean(Application app, Cleanup cleanup, CommandOutput output) throws IOException {
        return new LocalCleanup(app, cleanup).execute(output);
    }

    @Override
    public ExitCode terminate(Application app, Removal removal, CommandOutput output) throws IOException {
        return new LocalTermination(app, removal).execute(output);
    }

    @Override
    public ExecutionPlan plan(Application app, PipelineSource source, boolean confirmed) throws IOException {
        return new S3Inputs(app, confirmed).plan(new PipelineFiles(app.context(), source, this));
    }

    @Override
    public RunPreview preview(
            Application app, @Nullable Cluster cluster, ExecutionPlan plan, Selection selection, ResumeRequest resume)
            throws IOException {
        if (app.findWorkspace().isEmpty()) {
            return RunPreview.withoutEarlierRuns(plan, selection);
        }
        Runs runs = LocalClusterSession.runs(app, LocalSession.openExisting(app));
        return runs.preview(plan, selection, resume.resolve(runs, selection, notice -> {}));
    }

    @Override
    public List<RecordedRun> earlierRuns(Application app, @Nullable Cluster cluster, String pipeline)
            throws IOException {
        return app.findWorkspace().isEmpty()
                ? List.of()
                : LocalClusterSession.runs(app, LocalSession.openExisting(app)).newest(pipeline);
    }

    @Override
    public ExitCode run(Application app, PipelineRun request, CommandOutput output) throws Exception {
        ExecutionPlan plan = plan(app, request.source(), request.confirmed());
        requirePlainPath(app);
        request.results().check(app.context(), plan);
        Progress progress = app.progress();
        LocalSession local = LocalSession.open(app);
        try (InterruptHooks interrupts = new InterruptHooks()) {
            local.clusters().endAbandoned(app.lock());
            Reuse reuse = reuse(app, request, local, plan);
            LocalCluster cluster = local.clusters().createForOneRun(plan.pipeline(), app.lock());
            ClusterSession session = new LocalClusterSession(app, local, cluster);
            Run run = session.add(plan, reuse);
            progress.notice("Run " + run.id() + " of " + plan.pipeline() + " on this machine");
            WatchedRun watched = new WatchedRun(app, session, run, request.supervision(), request.results());
            RunResult result = watched.execute(request.selection(), interrupts, InterruptPolicy.CANCEL);
            FetchedResults fetched = FetchedResults.NONE;
            if (result.status() != RunResult.Status.INTERRUPTED) {
                session.endCluster();
                fetched = new OutputFetcher(app, session.workspace(), plan.pipeline(), request.results())
                        .fetchFinal(plan, result);
            }
            Optional<Path> page = watched.writePage(result);
            RunEnding ending = new RunEnding(result, app.elapsed());
            output.print(PipelineRun.report(cluster.id().value(), ending, fetched, page)
                    .closing("\n" + closing(app.context().command(), request, ending, fetched)
                            + ReportPages.text(page)));
            ExitCode code = request.finish(app, result, fetched);
            watched.end(result, page);
            return code;
        }
    }

    /** What the run may reuse. Refuses a selection or an output that is not possible with it, before anything is recorded. */
    private static @Nullable Reuse reuse(Application app, PipelineRun request, LocalSession local, ExecutionPlan plan)
            throws IOException {
        Runs runs = LocalClusterSession.runs(app, local);
        Reuse reuse = request.resume()
                .resolve(runs, request.selection(), app.context().err()::println);
        boolean hasOwnOutputs =
                plan.steps().stream().anyMatch(step -> step.output().destination() instanceof AtUri);
        if (hasOwnOutputs || !request.selection().isNone()) {
            List<String> conflicts =
                    runs.preview(plan, request.selection(), reuse).outputConflicts(plan, local.workspace());
            if (!conflicts.isEmpty()) {
                throw CommandFailure.refused(String.join("\n", conflicts));
            }
        }
        return reuse;
    }

    private static String closing(
            RunnerCommand command, PipelineRun request, RunEnding ending, FetchedResults fetched) {
        String again = command.action("run", request.source().options("--resume"));
        return switch (ending.result().status()) {
            case DONE -> PipelineRun.done(ending, fetched);
            case FAILED -> PipelineRun.failed(ending, fetched, again);
            case INTERRUPTED, UNFINISHED, OVER_LIMIT, DETACHED ->
                "Interrupted. Continue: " + command.action("execute_steps") + "\nStart over with the finished steps: "
                        + again + "\n";
        };
    }
}
