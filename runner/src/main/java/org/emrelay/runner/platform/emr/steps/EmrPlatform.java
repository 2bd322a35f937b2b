package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.EmrStepLimits;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.SubmissionMode;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.emr.query.CostMeter;
import org.jspecify.annotations.Nullable;

/** Runs steps on an EMR cluster. Not thread-safe. The steps keep running when the runner exits. */
public final class EmrPlatform implements Platform {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final AwsContext aws;
    private final StepsCluster cluster;
    private final Workspace workspace;
    private final Notices notices;
    private final @Nullable CostMeter meter;
    private final Map<RunId, EmrRunMonitor> runs = new HashMap<>();

    /**
     * Makes no AWS call yet.
     *
     * @param cluster {@code StepsCluster.of(new Clusters(aws).find(id).orElseThrow())}
     * @param workspace stores the run's files
     * @param notices receives what the user should know beyond the state of the steps
     * @param meter null if cost and instances do not matter
     */
    public EmrPlatform(
            AwsContext aws, StepsCluster cluster, Workspace workspace, Notices notices, @Nullable CostMeter meter) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.notices = Objects.requireNonNull(notices, "notices");
        this.meter = meter;
    }

    private EmrRunMonitor monitor(RunId run) {
        return runs.computeIfAbsent(run, id -> new EmrRunMonitor(aws, cluster, id, notices));
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public SubmissionMode submissionMode() {
        return new SubmissionMode(cluster.isSequential(), EmrStepLimits.MAX_ACTIVE_STEPS, POLL_INTERVAL);
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> requests) {
        monitor(run).submit(requests);
    }

    /** EMR has nothing to prewarm. */
    @Override
    public void prewarm(RunId run, AttemptRequest next) {}

    @Override
    public void refresh(RunId run) {
        monitor(run).refresh();
    }

    @Override
    public List<AttemptStatus> statuses(RunId run) {
        return monitor(run).statuses();
    }

    /** By EMR's start time: the step runs on while this machine sleeps. */
    @Override
    public Duration runningTime(RunId run, AttemptId attempt, Instant started) {
        return Duration.between(started, aws.retry().clock().instant());
    }

    @Override
    public void awaitChange(RunId run, Duration atMost) throws InterruptedException {
        monitor(run).awaitChange(atMost);
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> attempts) {
        monitor(run).cancel(attempts);
    }

    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted) {
        return monitor(run).attach(submitted);
    }

    @Override
    public Optional<Cost> cost() {
        return Optional.ofNullable(meter).flatMap(CostMeter::read).flatMap(AccruedCost::total);
    }

    @Override
    public List<InstanceChange> takeInstanceChanges() {
        return meter == null ? List.of() : meter.takeInstanceChanges();
    }

    /** Finds nothing: EMR uploads logs minutes late, and the run continues. The report of a failure reads them. */
    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return Optional.empty();
    }

    /** Closes nothing: the steps keep running, and the caller owns the AWS clients. */
    @Override
    public void close() {}
}
