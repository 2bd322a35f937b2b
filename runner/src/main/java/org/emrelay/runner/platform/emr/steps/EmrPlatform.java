package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.SubmissionMode;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.steps.FailureLogs.FailedStep;

/** Runs steps on one cluster of EMR. It is for one thread; the steps go on when that one ends. */
public final class EmrPlatform implements Platform {
    /** EMR allows 256 active steps: this leaves room for those that end what others left, and for somebody else's. */
    private static final int AT_MOST = 200;

    private static final Duration TICK = Duration.ofSeconds(1);

    private final AwsContext aws;
    private final StepsCluster cluster;
    private final Workspace workspace;
    private final FailureLogs logs;
    private final Consumer<String> say;
    private final Map<RunId, EmrRunMonitor> runs = new HashMap<>();

    /**
     * Makes the platform; nothing is asked of AWS before something is asked of it.
     *
     * @param cluster {@code StepsCluster.of(new Clusters(aws).find(id).orElseThrow())}
     * @param workspace where the run's files lie
     * @param logs finds out why a step failed; {@code step -> Optional.empty()} where nobody is to look
     * @param say hears what a person should know and no step's state tells, a sentence each
     */
    public EmrPlatform(
            AwsContext aws, StepsCluster cluster, Workspace workspace, FailureLogs logs, Consumer<String> say) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.logs = Objects.requireNonNull(logs, "logs");
        this.say = Objects.requireNonNull(say, "say");
    }

    private EmrRunMonitor watch(RunId run) {
        return runs.computeIfAbsent(run, id -> new EmrRunMonitor(aws, cluster, id, say));
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public SubmissionMode manner() {
        return new SubmissionMode(cluster.runsInOrder(), AT_MOST, TICK);
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> launches) {
        watch(run).submit(launches);
    }

    /** EMR has nothing to make ready. */
    @Override
    public void expect(RunId run, AttemptRequest next) {}

    @Override
    public List<AttemptStatus> poll(RunId run) {
        return watch(run).poll();
    }

    @Override
    public void awaitChange(RunId run, Duration atMost) throws InterruptedException {
        watch(run).awaitChange(atMost);
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> attempts) {
        watch(run).cancel(attempts);
    }

    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted) {
        return watch(run).attach(submitted);
    }

    @Override
    public String log(RunId run, AttemptId attempt) {
        return cluster.log(watch(run).find(attempt).map(EmrAttempt::stepId).orElse(null));
    }

    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return watch(run)
                .find(attempt)
                .map(EmrAttempt::seen)
                .flatMap(step -> logs.diagnose(
                        new FailedStep(cluster.id(), step.id(), cluster.log(step.id()), step.ended(), step.why())));
    }

    /** The steps go on, and the clients are whose they were. */
    @Override
    public void close() {}
}
