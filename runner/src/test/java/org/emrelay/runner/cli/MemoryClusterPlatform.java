package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.parse.PlatformRules;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.ClusterListReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.report.DeletionReport;
import org.emrelay.runner.report.Report;
import org.emrelay.runner.report.RunEnding;
import org.emrelay.runner.report.RunListReport;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.ExecutionPolicy;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.InMemoryJournals;
import org.emrelay.runner.run.InMemoryPlatform;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.NoticeQueue;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunListeners;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.StepRemover;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.FetchedResults;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.OutputFetcher;
import org.emrelay.runner.service.PipelineRun;
import org.emrelay.runner.service.ReportPages;
import org.emrelay.runner.service.ResumeRequest;
import org.emrelay.runner.service.RunListing;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.Runs;
import org.emrelay.runner.service.WatchedRun;
import org.jspecify.annotations.Nullable;

/** A platform in memory: its clusters, workspace and journals live as long as this object. */
final class MemoryClusterPlatform implements ClusterPlatform, RunListing.Inspector {
    private final InMemoryPlatform platform = InMemoryPlatform.succeeding();
    private final InMemoryJournals journals = new InMemoryJournals();
    private final Map<ClusterId, MemoryCluster> clusters = new LinkedHashMap<>();

    /** The plans that were checked. */
    final List<ExecutionPlan> checkedPlans = new ArrayList<>();

    private static final class MemoryCluster {
        final ClusterId id;
        final String name;
        boolean isUp = true;

        MemoryCluster(ClusterId id, String name) {
            this.id = id;
            this.name = name;
        }

        boolean matches(ClusterSelector selector) {
            if (selector.id() != null) {
                return id.value().equals(selector.id());
            }
            return selector.name() == null ? isUp : name.equals(selector.name());
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("cluster_id", id.value());
            document.put("name", name);
            document.put("state", state());
            return document;
        }

        String state() {
            return isUp ? "UP" : "ENDED";
        }

        String line() {
            return id + " '" + name + "' " + state() + "\n";
        }
    }

    @Override
    public Label label() {
        return new Label("memory", "memory", "for tests", "a cluster in memory", "memory-1");
    }

    @Override
    public PlatformRules rules() {
        return new PlatformRules(false, true, false);
    }

    @Override
    public List<Problem> check(
            RunnerContext context, Pipeline pipeline, Supplier<ExecutionPlan> plan, String stepsFile) {
        checkedPlans.add(plan.get());
        return List.of();
    }

    @Override
    public Claim claim(Application app, ClusterSelector selector) {
        if (selector.id() != null) {
            return selector.id().startsWith("memory-") ? Claim.YES : Claim.NO;
        }
        return clusters.values().stream().anyMatch(cluster -> cluster.matches(selector)) ? Claim.YES : Claim.NO;
    }

    private MemoryCluster create(String name) {
        ClusterId id = new ClusterId("memory-" + (clusters.size() + 1));
        MemoryCluster created = new MemoryCluster(id, name);
        clusters.put(id, created);
        return created;
    }

    private MemoryCluster selected(ClusterSelector selector) {
        return clusters.values().stream()
                .filter(cluster -> cluster.matches(selector))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("No such cluster in memory."));
    }

    @Override
    public ExitCode create(Application app, Creation creation, CommandOutput output) throws IOException {
        MemoryCluster created = create(creation.name());
        output.print(CreationReport.ofCluster(created.id.value(), created.name, ""));
        return ExitCode.DONE;
    }

    @Override
    public ClusterSession open(Application app, ClusterSelector selector, Access access) {
        return new MemorySession(app, selected(selector));
    }

    @Override
    public Report describe(Application app, ClusterSelector selector) {
        MemoryCluster cluster = selected(selector);
        return new Report() {
            @Override
            public Map<String, Object> document() {
                return cluster.document();
            }

            @Override
            public void writeText(PrintStream out) {
                out.print("Cluster " + cluster.line());
            }
        };
    }

    @Override
    public ClusterListReport.Section list(Application app, ListFilter filter) {
        return new ClusterListReport.Section() {
            @Override
            public List<Map<String, Object>> documents() {
                return clusters.values().stream().map(MemoryCluster::document).toList();
            }

            @Override
            public String text() {
                return clusters.values().stream().map(MemoryCluster::line).collect(Collectors.joining());
            }
        };
    }

    @Override
    public List<RunListReport.Row> listRuns(Application app, ClusterSelector selector) throws IOException {
        return new RunListing(
                        platform.workspace(),
                        new RunStore(platform.workspace()),
                        journals,
                        app.context().clock())
                .rows(run -> true, this, app.progress());
    }

    @Override
    public RunListReport.Status status(RecordedRun run) {
        return RunListReport.Status.WAITING;
    }

    @Override
    public @Nullable Long bytes(Run run) {
        return null;
    }

    @Override
    public ExitCode terminate(Application app, Removal removal, CommandOutput output) throws IOException {
        MemoryCluster cluster = selected(removal.selector());
        cluster.isUp = false;
        output.print(new DeletionReport(
                Map.of("cluster_id", cluster.id.value()), List.of("cluster " + cluster.id), List.of(), null, ""));
        return ExitCode.DONE;
    }

    @Override
    public RunPreview preview(
            Application app, @Nullable Cluster cluster, ExecutionPlan plan, Selection selection, ResumeRequest resume)
            throws IOException {
        Runs runs = new Runs(app.context(), platform.workspace(), journals);
        return runs.preview(plan, selection, resume.resolve(runs, selection, app.progress()));
    }

    @Override
    public List<RecordedRun> earlierRuns(Application app, @Nullable Cluster cluster, String pipeline)
            throws IOException {
        return new Runs(app.context(), platform.workspace(), journals).newest(pipeline);
    }

    @Override
    public ExitCode run(Application app, PipelineRun request, CommandOutput output) throws IOException {
        ExecutionPlan plan = plan(app, request.source(), request.confirmed());
        request.results().check(app.context(), plan);
        MemoryCluster cluster = create(plan.pipeline());
        try (ClusterSession session = new MemorySession(app, cluster);
                InterruptHooks interrupts = new InterruptHooks()) {
            Run run = session.add(plan, request.resume().resolve(session.runs(), request.selection(), app.progress()));
            WatchedRun watched = new WatchedRun(app, session, run, request.supervision(), request.results());
            RunResult result = watched.execute(request.selection(), interrupts, InterruptPolicy.CANCEL);
            FetchedResults fetched = new OutputFetcher(app, session.workspace(), plan.pipeline(), request.results())
                    .fetchFinal(plan, result);
            session.endCluster();
            Optional<Path> page = watched.writePage(result);
            RunEnding ending = new RunEnding(result, app.elapsed());
            output.print(PipelineRun.report(cluster.id.value(), ending, fetched, page)
                    .closing("\n" + PipelineRun.done(ending, fetched) + ReportPages.text(page)));
            ExitCode code = request.finish(app, result, fetched);
            watched.end(result, page);
            return code;
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    private final class MemorySession implements ClusterSession {
        private final Application app;
        private final MemoryCluster cluster;
        private final Runs runs;

        MemorySession(Application app, MemoryCluster cluster) {
            this.app = app;
            this.cluster = cluster;
            this.runs = new Runs(app.context(), platform.workspace(), journals);
        }

        @Override
        public ClusterId id() {
            return cluster.id;
        }

        @Override
        public Workspace workspace() {
            return platform.workspace();
        }

        @Override
        public Runs runs() {
            return runs;
        }

        @Override
        public RunResult execute(
                Run run, Selection selection, InterruptHooks interrupts, ExecutionPolicy policy, RunListener watcher)
                throws IOException {
            Executor executor = new Executor(
                    run,
                    platform,
                    journals,
                    app.context().clock(),
                    RunListeners.of(app.progress(), watcher),
                    policy,
                    new NoticeQueue(app.progress(), run.plan()));
            interrupts.stop(executor);
            return executor.execute(selection);
        }

        @Override
        public StepRemover removal(Run run) {
            return StepRemover.withoutPlatform(run, journals, app.context().clock());
        }

        @Override
        public RunResult read(Run run) throws IOException {
            return RunResult.read(run, journals, platform.workspace());
        }

        @Override
        public void followLog(Run run, StepResult step) {
            throw CommandFailure.usage("Steps in memory have no logs.");
        }

        @Override
        public StepLogsReport.LogSource logs() {
            return (step, out) -> false;
        }

        @Override
        public boolean isUp() {
            return cluster.isUp;
        }

        @Override
        public void endCluster() {
            cluster.isUp = false;
        }

        @Override
        public void close() {
            app.progress().clear();
        }
    }
}
