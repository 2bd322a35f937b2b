package org.emrelay.runner.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.BucketAccess;
import org.emrelay.runner.platform.aws.iam.BucketAccessGrants;
import org.emrelay.runner.platform.aws.price.CostReport;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.query.CostMeter;
import org.emrelay.runner.platform.emr.steps.EmrPlatform;
import org.emrelay.runner.platform.emr.steps.StepLookup;
import org.emrelay.runner.platform.emr.steps.StepsCluster;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.LeaseWaiting;
import org.emrelay.runner.run.LeasedRun;
import org.emrelay.runner.run.Leases;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;
import org.emrelay.runner.run.SharedJournals;
import org.emrelay.runner.run.StepPhase;
import org.emrelay.runner.run.StepRemoval;
import org.emrelay.runner.run.StepRemover;
import org.jspecify.annotations.Nullable;

/** A cluster on EMR: its runs are kept in its bucket, where any machine can go on with them, one at a time. */
final class EmrSession implements ClusterSession {
    private final CliContext world;
    private final AwsContext aws;
    private final EmrCluster cluster;
    private final Progress progress;
    private final S3Workspace workspace;
    private final SharedJournals journals;
    private final Runs book;

    /** @param cluster one that says where its runs are kept */
    EmrSession(CliContext world, AwsContext aws, EmrCluster cluster, Progress progress) {
        this.world = world;
        this.aws = aws;
        this.cluster = cluster;
        this.progress = progress;
        String place = placeOf(cluster);
        int slash = place.indexOf('/');
        this.workspace = new S3Workspace(
                aws, place.substring(0, slash), place.substring(slash + 1), new TransferProgress(progress));
        this.journals = new SharedJournals(workspace.shared(), workspace::uri);
        String creation = cluster.tags().getOrDefault(OwnerTags.CREATION, "");
        this.book = new Runs(world, workspace, journals, creation.isEmpty() ? null : RunJobFlowSteps.name(creation));
    }

    private static String placeOf(EmrCluster cluster) {
        String place = cluster.tags().getOrDefault(OwnerTags.PLACE, "");
        if (!place.matches("s3://[^/]+/.*")) {
            throw CommandFailure.refused(
                    "The cluster " + cluster.id() + " does not say where its runs are kept: its tag " + OwnerTags.PLACE
                            + " is missing. Steps run on clusters that -a create_cluster made.");
        }
        return place.substring("s3://".length());
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
    public Runs book() {
        return book;
    }

    @Override
    public Run add(ExecutionPlan plan, @Nullable Run resumedFrom) throws IOException {
        Run run = book.add(plan, id(), resumedFrom);
        String bucket = workspace.name().replaceFirst("/.*", "");
        new BucketAccessGrants(aws, progress::say).give(names(), ownership(), BucketAccess.of(plan, bucket));
        progress.erase();
        return run;
    }

    private OwnerTags ownership() {
        return new OwnerTags(
                cluster.tags().getOrDefault(OwnerTags.WORKSPACE, ""),
                cluster.tags().getOrDefault(OwnerTags.CLUSTER, ""));
    }

    private ResourceNames names() {
        OwnerTags ownership = ownership();
        return new ResourceNames(
                new AwsScope(aws.clients().partition(), aws.clients().region(), "", ownership.workspace()),
                ownership.cluster());
    }

    static CommandFailure isNotUp(EmrCluster cluster) {
        return CommandFailure.refused("The cluster " + cluster.id() + " is " + cluster.state()
                + (cluster.reason().isEmpty() ? "" : " (" + cluster.reason() + ")")
                + ". Make another one with -a create_cluster -c NAME.");
    }

    @Override
    public RunResult execute(Run run, Selection selection, Interruption interruption, InterruptPolicy onInterrupt)
            throws IOException, SelectionException, InterruptedException {
        if (!cluster.isUp() && RunState.of(run, journals).active().isEmpty()) {
            throw isNotUp(cluster);
        }
        try (LeasedRun held = leases().hold(run.id(), journals)) {
            Executor executor = new Executor(run, platform(), held.journals(), world.clock(), progress, onInterrupt);
            interruption.stops(executor);
            CostMeter meter = new CostMeter(aws, cluster);
            progress.besides(() -> meter.read()
                    .map(cost -> "the cluster has cost " + new CostReport(cost).soFar() + " so far")
                    .orElse(""));
            return executor.execute(selection);
        } finally {
            progress.besides(() -> "");
            progress.erase();
        }
    }

    @Override
    public RunResult explained(RunResult result) {
        List<StepResult> steps = new ArrayList<>();
        for (StepResult step : result.steps()) {
            steps.add(step.phase() == StepPhase.FAILED ? explained(step, true) : step);
        }
        return result.with(steps);
    }

    @Override
    public StepResult explainedNow(StepResult step) {
        return explained(step, false);
    }

    private StepResult explained(StepResult step, boolean wait) {
        Failure failure = step.failure();
        if (failure == null || !failure.cause().isEmpty()) {
            return step;
        }
        return EmrLogs.of(aws, cluster, step, progress)
                .flatMap(logs -> logs.cause(wait))
                .map(cause -> step.with(failure.because(cause)))
                .orElse(step);
    }

    private EmrPlatform platform() {
        // The logs are minutes away, and the run goes on meanwhile: whoever reports a failure looks into them.
        return new EmrPlatform(aws, StepsCluster.of(cluster), workspace, step -> Optional.empty(), progress::say);
    }

    private Leases leases() {
        return new Leases(
                workspace.shared(), workspace::uri, world.processes(), world.clock(), world.random(), new Waiting());
    }

    /** Waits for a lease, and says so. */
    private final class Waiting implements LeaseWaiting {
        @Override
        public void sleep(Duration duration) throws InterruptedException {
            world.sleeper().sleep(duration);
        }

        /** By this machine's time, whatever the command goes by. */
        @Override
        public void rest(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }

        @Override
        public void waitingFor(String who, Duration left) {
            progress.passing("The run was taken by " + who + ", which gives no sign of life: taking it over in "
                    + Quantities.duration(left));
        }
    }

    @Override
    public StepRemovalSession stepsOut(Run run) throws IOException, InterruptedException {
        LeasedRun held = leases().hold(run.id(), journals);
        try {
            StepRemover remover = StepRemover.open(run, platform(), held.journals(), world.clock(), progress);
            return new HeldStepsOut(held, remover);
        } catch (IOException | RuntimeException failure) {
            held.close();
            throw failure;
        }
    }

    /** As nobody else does at the same time, whichever machine they are on. */
    private record HeldStepsOut(LeasedRun held, StepRemover remover) implements StepRemovalSession {
        @Override
        public StepRemoval look(Set<StepName> named, boolean cancel) throws IOException {
            return remover.look(named, cancel);
        }

        @Override
        public StepRemoval carryOut(Set<StepName> named, boolean cancel) throws IOException {
            return remover.carryOut(named, cancel);
        }

        @Override
        public void close() throws IOException {
            try (held) {
                remover.close();
            }
        }
    }

    @Override
    public RunResult look(Run run) throws IOException {
        RunState state = RunState.of(run, journals);
        RunResult result = RunResult.of(run, state, workspace, (id, attempt) -> "");
        List<AttemptId> attempts = new ArrayList<>();
        for (StepResult step : result.steps()) {
            if (step.attempts() > 0) {
                attempts.add(new AttemptId(step.name(), step.attempts()));
            }
        }
        if (attempts.isEmpty()) {
            return result;
        }
        StepLookup found = found(run, attempts);
        for (AttemptId attempt : attempts) {
            boolean open = result.find(attempt.step()).orElseThrow().phase().isActive();
            if (open && found.hasEnded(run.id(), attempt)) {
                progress.say("Step '" + attempt.step() + "' has ended since it was last watched:"
                        + " -a execute_steps takes in what has become of it.");
            }
        }
        return RunResult.of(run, state, workspace, found);
    }

    private StepLookup found(Run run, List<AttemptId> attempts) {
        return StepLookup.of(aws, StepsCluster.of(cluster), run.id(), attempts);
    }

    @Override
    public void followLog(Run run, StepResult step) {
        EmrLogs logs = EmrLogs.of(aws, cluster, step, progress)
                .orElseThrow(() -> CommandFailure.refused("EMR ships no logs of step '" + step.name()
                        + "', or does not know it any more: see -a list_steps."));
        AttemptId attempt = new AttemptId(step.name(), step.attempts());
        progress.say("Following " + logs.uri() + " (EMR ships every five minutes)");
        logs.follow(world.out(), () -> found(run, List.of(attempt)).hasEnded(run.id(), attempt));
    }

    @Override
    public boolean printLog(StepResult step) {
        return EmrLogs.of(aws, cluster, step, progress)
                .filter(logs -> logs.print(world.out()))
                .isPresent();
    }

    @Override
    public boolean isUp() {
        return new Clusters(aws).find(cluster.id()).filter(EmrCluster::isUp).isPresent();
    }

    @Override
    public void endCluster() {
        new Clusters(aws).terminate(cluster.id());
    }

    @Override
    public void close() {
        progress.erase();
        aws.clients().close();
    }
}
