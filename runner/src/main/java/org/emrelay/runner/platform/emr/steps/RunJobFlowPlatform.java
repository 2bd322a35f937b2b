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
 * Collects the steps to submit with RunJobFlow. Represents a cluster that does not exist yet.
 *
 * <p>Such a cluster terminates after its last step. Its steps do not change here; an {@link EmrPlatform} polls them once the cluster exists.
 */
public final class RunJobFlowPlatform implements Platform {
    /** The maximum number of steps in a RunJobFlow request. */
    public static final int MAX_STEPS = 256;

    private final Workspace workspace;
    private final List<AttemptId> attempts = new ArrayList<>();
    private final List<Map<String, Object>> stepConfigs = new ArrayList<>();

    public RunJobFlowPlatform(Workspace workspace) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    /** The StepConfig JSON of the submitted steps, in submission order. */
    public List<Map<String, Object>> stepConfigs() {
        return List.copyOf(stepConfigs);
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public SubmissionMode submissionMode() {
        return new SubmissionMode(true, MAX_STEPS, Duration.ZERO);
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> requests) {
        for (AttemptRequest request : requests) {
            attempts.add(request.attempt());
            stepConfigs.add(StepConfigs.jsonForTransientCluster(EmrStepName.of(run, request.attempt()), request));
        }
    }

    @Override
    public void prewarm(RunId run, AttemptRequest next) {}

    @Override
    public List<AttemptStatus> poll(RunId run) {
        return attempts.stream()
                .map(attempt -> new AttemptStatus(attempt, null, null, null, "the cluster does not exist yet"))
                .toList();
    }

    @Override
    public void awaitChange(RunId run, Duration atMost) throws InterruptedException {
        throw new InterruptedException("the cluster does not exist yet");
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> cancelled) {
        throw new IllegalStateException("the cluster does not exist yet, cannot cancel: " + cancelled);
    }

    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted) {
        return List.of();
    }

    @Override
    public String logUri(RunId run, AttemptId attempt) {
        return "";
    }

    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
