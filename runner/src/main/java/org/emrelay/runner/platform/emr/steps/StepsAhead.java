package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.SubmissionMode;
import org.emrelay.runner.platform.Workspace;

/**
 * A cluster before it is asked for: it takes the steps that go with the request, and ends with them. Nothing ever happens on it, so nobody waits for it; they
 * are watched on an {@link EmrPlatform} once there is the cluster.
 */
public final class StepsAhead implements Platform {
    /** What RunJobFlow takes. */
    public static final int AT_MOST = 256;

    private final Workspace workspace;
    private final List<AttemptId> attempts = new ArrayList<>();
    private final List<Map<String, Object>> documents = new ArrayList<>();

    public StepsAhead(Workspace workspace) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    /** What EMR is to be told of the steps that were handed over, in their order and in EMR's own JSON. */
    public List<Map<String, Object>> documents() {
        return List.copyOf(documents);
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public SubmissionMode manner() {
        return new SubmissionMode(true, AT_MOST, Duration.ZERO);
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> launches) {
        for (AttemptRequest launch : launches) {
            attempts.add(launch.attempt());
            documents.add(StepConfigs.jsonForEndingCluster(EmrStepName.of(run, launch.attempt()), launch));
        }
    }

    @Override
    public void expect(RunId run, AttemptRequest next) {}

    @Override
    public List<AttemptStatus> poll(RunId run) {
        return attempts.stream()
                .map(attempt -> new AttemptStatus(attempt, null, null, null, "there is no cluster yet"))
                .toList();
    }

    @Override
    public void awaitChange(RunId run, Duration atMost) throws InterruptedException {
        throw new InterruptedException("nothing changes before there is a cluster");
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> stopped) {
        throw new IllegalStateException("there is nothing yet to stop: " + stopped);
    }

    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted) {
        return List.of();
    }

    @Override
    public String log(RunId run, AttemptId attempt) {
        return "";
    }

    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
