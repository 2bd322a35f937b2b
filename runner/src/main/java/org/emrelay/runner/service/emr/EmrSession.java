package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.BucketAccessGrants;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.preflight.StepsPreflight;
import org.emrelay.runner.platform.emr.query.CostMeter;
import org.emrelay.runner.platform.emr.spec.PlanAccess;
import org.emrelay.runner.platform.emr.steps.EmrPlatform;
import org.emrelay.runner.platform.emr.steps.StepLookup;
import org.emrelay.runner.platform.emr.steps.StepsCluster;
import org.emrelay.runner.report.CostReport;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.DetachedStepRemover;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.CostRecorded;
import org.emrelay.runner.run.Event.InstanceChanged;
import org.emrelay.runner.run.ExecutionPolicy;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.LeaseWaiter;
import org.emrelay.runner.run.LeasedRun;
import org.emrelay.runner.run.Leases;
import org.emrelay.runner.run.NoticeQueue;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunListeners;
import org.emrelay.runner.run.RunLockedException;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SharedJournals;
import org.emrelay.runner.run.StepRemover;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.LocalRunDigests;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.Runs;
import org.jspecify.annotations.Nullable;

/** A session on an EMR cluster. Its runs are recorded in its bucket: any machine can continue them, one at a time. */
final class EmrSession implements ClusterSession {
    private static final Set<String> ACTIVE = Set.of("PENDING", "RUNNING", "CANCEL_PENDING");

    private final Application app;
    private final RunnerContext context;
    private final AwsContext aws;
    private final EmrCluster cluster;
    private final Progress progress;
    private final S3Workspace workspace;
    private final SharedJournals journals;
    private final Runs runs;
    private final ShippedLogs logs;

    /** @param cluster whose tags name the workspace that holds its runs */
    EmrSession(Application app, AwsContext aws, EmrCluster cluster) {
        this.app = app;
        this.context = app.context();
        this.aws = aws;
        this.cluster = cluster;
        this.progress = app.progress();
        this.logs = new ShippedLogs(aws, cluster, progress);
        String location = workspaceOf(cluster, context.command());
        int slash = location.indexOf('/');
        this.workspace =
                new S3Workspace(aws, location.substring(0, slash), location.substring(slash + 1), progress, progress);
        this.journals = new SharedJournals(workspace.versionedStore(), workspace::uri);
        String creation = cluster.tags().getOrDefault(OwnerTags.CREATION, "");
        this.runs = new Runs(
                context,
                workspace,
                journals,
                new LocalRunDigests(app),
                creation.isEmpty() ? null : RunJobFlowSteps.provisionalId(creation));
    }

    private static String workspaceOf(EmrCluster cluster, RunnerCommand command) {
        String uri = cluster.tags().getOrDefault(OwnerTags.WORKSPACE_URI, "");
        if (!isWorkspace(uri)) {
            throw CommandFailure.refused("Cluster " + cluster.id() + " has no tag " + OwnerTags.WORKSPACE_URI
                    + ", which names its workspace. Create a cluster: "
                    + command.action("create_cluster", "-c", "NAME"));
        }
        return uri.substring("s3://".length());
    }

    static boolean isWorkspace(String uri) {
        return uri.matches("s3://[^/]+/.*");
    }

    @Override
    public ClusterId id() {
        return new ClusterId(cluster.id());
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Run add(ExecutionPlan plan, @Nullable Reuse reuse) throws IOException {
        new StepsPreflight(aws, progress).checkPackages(plan, cluster);
        return addChecked(withPythonArchives(plan), reuse);
    }

    /** The cluster may differ from the cluster file beside the steps file. */
    private ExecutionPlan withPythonArchives(ExecutionPlan plan) throws IOException {
        if (!PythonArchives.areNeeded(plan)) {
            return plan;
        }
        return PythonArchives.of(cluster.release(), instanceTypes()).built(app, plan);
    }

    /** The types that instances of the cluster have, or can get. */
    private List<String> instanceTypes() {
        return new Clusters(aws)
                .fleets(cluster.id()).stream()
                        .flatMap(fleet -> fleet.types().stream())
                        .toList();
    }

    /** Adds steps that were checked before the cluster was created. */
    Run addChecked(ExecutionPlan plan, @Nullable Reuse reuse) throws IOException {
        Run run = runs.add(plan, id(), reuse);
        new BucketAccessGrants(aws, progress)
                .grant(names(), PlanAccess.of(plan, workspace.name()).accesses());
        progress.clear();
        return run;
    }

    private ResourceNames names() {
        return aws.names(OwnerTags.in(cluster.tags()).orElseGet(() -> new OwnerTags("", "")), "");
    }

    static CommandFailure isNotUp(EmrCluster cluster, RunnerCommand command) {
        return CommandFailure.refused("Cluster " + cluster.id() + " is " + cluster.state()
                + (cluster.reason().isEmpty() ? "" : " (" + cluster.reason() + ")")
                + ". "
                + (cluster.remedy().isEmpty()
                        ? "Create a new one: " + command.action("create_cluster", "-c", "NAME")
                        : cluster.remedy()));
    }

    @Override
    public RunResult execute(
            Run run, Selection selection, InterruptHooks interrupts, ExecutionPolicy policy, RunListener watcher)
            throws IOException, InterruptedException {
        if (!cluster.isUp() && RunState.of(run, journals).active().isEmpty()) {
            throw isNotUp(cluster, context.command());
        }
        try (LeasedRun locked = leases().lockRun(run.id(), journals)) {
            NoticeQueue notices = new NoticeQueue(progress, run.plan());
            requireKnownPrices(policy);
            CostMeter meter = new CostMeter(aws, cluster, app.prices());
            RunListener listener = RunListeners.of(progress, watcher);
            Executor executor = new Executor(
                    run, platform(notices, meter), locked.journals(), context.clock(), listener, policy, notices);
            interrupts.stop(executor);
            progress.detail(() -> meter.read()
                    .map(cost -> "the cluster has cost " + new CostReport(cost).soFar() + " so far")
                    .orElse(""));
            return executor.execute(selection);
        } finally {
            progress.detail(() -> "");
            progress.clear();
        }
    }

    private void requireKnownPrices(ExecutionPolicy policy) {
        if (policy.maxCost() != null) {
            new SpendingLimit(app, policy.maxCost()).requireKnownPrices(instanceTypes());
        }
    }

    @Override
    public RunResult diagnosed(Run run) throws IOException, InterruptedException {
        List<Event> causes = new ArrayList<>();
        for (StepResult step : read(run).steps()) {
            Attempt attempt = step.lastAttempt().orElse(null);
            if (attempt != null && attempt.failure() != null) {
                logs.cause(step, true)
                        .ifPresent(cause ->
                                causes.add(new AttemptDiagnosed(context.clock().instant(), attempt.id(), cause)));
            }
        }
        return record(run, causes);
    }

    /** Records the final cost, and from which instances it was calculated. */
    RunResult recordCost(Run run, List<InstanceChange> instances, AccruedCost cost)
            throws IOException, InterruptedException {
        Instant now = context.clock().instant();
        List<Event> facts = new ArrayList<>();
        instances.forEach(instance -> facts.add(new InstanceChanged(now, instance)));
        cost.total().ifPresent(total -> facts.add(new CostRecorded(now, null, total)));
        return record(run, facts);
    }

    /** Journals facts that were found after the execution of a run. A runner that has continued it does not need them. */
    private RunResult record(Run run, List<Event> facts) throws IOException, InterruptedException {
        if (!facts.isEmpty()) {
            try (LeasedRun locked = leases().lockRun(run.id(), journals)) {
                locked.record(run, facts);
            } catch (RunLockedException continued) {
                return RunResult.of(run, RunState.of(run, journals).after(facts), workspace);
            }
        }
        return RunResult.read(run, journals, workspace);
    }

    private EmrPlatform platform(Notices notices, @Nullable CostMeter meter) {
        return new EmrPlatform(aws, StepsCluster.of(cluster), workspace, notices, meter);
    }

    private Leases leases() {
        return new Leases(
                workspace.versionedStore(),
                workspace::uri,
                context.processes(),
                context.clock(),
                context.random(),
                new ProgressWaiter());
    }

    /** Waits for a lease, with progress. */
    private final class ProgressWaiter implements LeaseWaiter {
        @Override
        public void sleep(Duration duration) throws InterruptedException {
            context.sleeper().sleep(duration);
        }

        /** On the system clock: a heartbeat must not depend on the context's clock. */
        @Override
        public void sleepUntilRenewal(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }

        @Override
        public void waitingFor(String who, Duration left) {
            progress.status("Run is locked by " + who + ", no heartbeat; taking over in " + Quantities.duration(left));
        }
    }

    @Override
    public StepRemover removal(Run run) throws IOException, InterruptedException {
        LeasedRun locked = leases().lockRun(run.id(), journals);
        try {
            return DetachedStepRemover.open(
                    run, platform(progress, null), locked.journals(), context.clock(), progress, locked::close);
        } catch (IOException | RuntimeException failure) {
            locked.close();
            throw failure;
        }
    }

    @Override
    public RunResult read(Run run) throws IOException {
        RunState state = RunState.of(run, journals);
        RunResult result = RunResult.of(run, state, workspace);
        List<AttemptId> attempts = new ArrayList<>();
        for (StepResult step : result.steps()) {
            step.lastAttempt()
                    .filter(attempt -> step.phase().isActive() || attempt.isFromEarlierVersion())
                    .ifPresent(attempt -> attempts.add(attempt.id()));
        }
        if (attempts.isEmpty()) {
            return result;
        }
        StepLookup lookup = lookup(run, attempts);
        for (AttemptId attempt : attempts) {
            if (state.phase(attempt.step()).isActive() && lookup.hasEnded(run.id(), attempt)) {
                progress.notice("Step '" + attempt.step() + "' has ended on EMR. Record its outcome: "
                        + context.command().action("execute_steps", "-idc", cluster.id()));
            }
        }
        return result.withMissingLogs(attempt -> lookup.platformStep(run.id(), attempt));
    }

    private StepLookup lookup(Run run, List<AttemptId> attempts) {
        return StepLookup.of(aws, StepsCluster.of(cluster), run.id(), attempts);
    }

    @Override
    public void followLog(Run run, StepResult step) {
        EmrLogs shipped = logs.of(step)
                .orElseThrow(() -> CommandFailure.refused("No logs of step '" + step.name()
                        + "': the cluster ships none, or EMR no longer lists the step. See "
                        + context.command().action("list_steps", "-idc", cluster.id())));
        AttemptId attempt = step.lastAttempt().orElseThrow().id();
        progress.notice("Following " + shipped.uri() + " (EMR ships every five minutes)");
        shipped.follow(context.out(), () -> lookup(run, List.of(attempt)).hasEnded(run.id(), attempt));
    }

    @Override
    public StepLogsReport.LogSource logs() {
        return logs;
    }

    @Override
    public String remoteStore() {
        return "S3";
    }

    @Override
    public boolean isUp() {
        return new Clusters(aws).find(cluster.id()).filter(EmrCluster::isUp).isPresent();
    }

    @Override
    public boolean isUsedOnlyBy(Run run) throws IOException {
        String workspaceId = EmrClusterPlatform.identity(app).findId().orElse("");
        boolean isOurs = OwnerTags.in(cluster.tags())
                .map(tags -> tags.workspaceId().equals(workspaceId))
                .orElse(false);
        return isOurs
                && new Clusters(aws)
                        .steps(cluster.id()).stream()
                                .noneMatch(step -> ACTIVE.contains(step.state())
                                        && !step.name().contains(run.id().value()));
    }

    @Override
    public void endCluster() {
        new Clusters(aws).terminate(cluster.id());
    }

    @Override
    public void close() {
        progress.clear();
        aws.clients().close();
    }
}
