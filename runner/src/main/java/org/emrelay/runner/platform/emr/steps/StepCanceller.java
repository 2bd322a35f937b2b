package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.CancelStepsInfo;
import software.amazon.awssdk.services.emr.model.CancelStepsRequestStatus;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** Cancels attempts and kills what they leave on YARN. Requests are recorded and retried until they succeed. */
final class StepCanceller {
    private static final int MAX_FAILED_CLEANUPS = 3;

    private final AwsContext aws;
    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final AddStepsCall addSteps;
    private final CachedClusterState clusterState;
    private final Notices notices;
    private final Set<AttemptId> refused = new HashSet<>();

    StepCanceller(
            AwsContext aws,
            StepsCluster cluster,
            EmrAttempts attempts,
            AddStepsCall addSteps,
            CachedClusterState clusterState,
            Notices notices) {
        this.aws = aws;
        this.cluster = cluster;
        this.attempts = attempts;
        this.addSteps = addSteps;
        this.clusterState = clusterState;
        this.notices = notices;
    }

    /**
     * Records attempts to cancel. After a cancelled step EMR starts the next one, whatever the ActionOnFailure. On a cluster that runs steps in order,
     * the steps queued behind are therefore cancelled too, unless they may start.
     */
    void requestCancel(List<EmrAttempt> cancelled) {
        cancelled.forEach(EmrAttempt::requestCancel);
        if (!cluster.isSequential()) {
            return;
        }
        for (EmrAttempt attempt : cancelled) {
            if (attempt.isActive() && blocksQueue(attempt)) {
                attempts.after(attempt).stream()
                        .filter(EmrAttempt::isActive)
                        .forEach(queued -> queued.cancelWith(attempt.id()));
            }
        }
    }

    private static boolean blocksQueue(EmrAttempt attempt) {
        return attempt.actionOnFailure() != ActionOnFailure.CONTINUE;
    }

    /** Calls CancelSteps for the recorded attempts; returns whether there were any. */
    boolean cancel() {
        Instant now = aws.now();
        // Newest first: if EMR cancels one by one, it starts no pending step that is about to be cancelled.
        List<EmrAttempt> newestFirst = new ArrayList<>(attempts.filter(attempt -> attempt.needsCancelCall(now)));
        Collections.reverse(newestFirst);
        Map<String, EmrAttempt> attemptsById = new LinkedHashMap<>();
        newestFirst.stream()
                .limit(AddStepsCall.MAX_STEPS)
                .forEach(attempt -> attemptsById.put(Objects.requireNonNull(attempt.stepId()), attempt));
        if (attemptsById.isEmpty()) {
            return false;
        }
        for (CancelStepsInfo info : cancelSteps(List.copyOf(attemptsById.keySet()))) {
            EmrAttempt attempt = attemptsById.get(info.stepId());
            if (attempt != null && info.status() == CancelStepsRequestStatus.SUBMITTED) {
                attempt.cancelAccepted(now);
            } else if (attempt != null) {
                reportRefusal(attempt, info);
            }
        }
        return true;
    }

    /**
     * Uses TERMINATE_PROCESS, because a process may ignore SEND_INTERRUPT forever; the driver on the cluster is killed by the YARN cleanup step anyway.
     * An error from a terminating cluster is ignored: its steps end with it.
     */
    private List<CancelStepsInfo> cancelSteps(List<String> ids) {
        try {
            return AwsRetry.callOnce(
                            "cancel steps of cluster " + cluster.id(),
                            () -> aws.emr()
                                    .cancelSteps(request -> request.clusterId(cluster.id())
                                            .stepIds(ids)
                                            .stepCancellationOption(StepCancellationOption.TERMINATE_PROCESS)))
                    .cancelStepsInfoList();
        } catch (AwsException fault) {
            if (fault.is(Kind.INVALID_REQUEST) && !clusterState.current().isUp()) {
                return List.of();
            }
            throw fault;
        }
    }

    /** Reports a refusal only the second time: a step that has just ended is refused too, and the next poll shows that. */
    private void reportRefusal(EmrAttempt attempt, CancelStepsInfo info) {
        if (!refused.add(attempt.id())) {
            notices.warn("EMR refused to cancel " + attempt.id() + ": "
                    + Objects.toString(info.reason(), "no reason given"));
        }
    }

    /** Submits YARN cleanup steps; returns whether there were any. */
    boolean submitCleanups() {
        List<EmrAttempt> leftovers =
                attempts.filter(attempt -> attempt.mayHaveYarnApplication() && !attempt.isBeingCleanedUp());
        if (leftovers.isEmpty()) {
            return false;
        }
        List<StepConfig> configs = new ArrayList<>();
        leftovers.forEach(attempt -> configs.add(cleanupConfig(attempt)));
        AddStepsCall.Result result = addSteps.submit(configs);
        if (result instanceof AddStepsCall.Accepted accepted) {
            for (int i = 0; i < leftovers.size(); i++) {
                leftovers
                        .get(i)
                        .addCleanup(YarnCleanupStep.ofAccepted(accepted.ids().get(i)));
            }
        } else if (result instanceof AddStepsCall.Unconfirmed unconfirmed) {
            leftovers.forEach(attempt -> attempt.addCleanup(YarnCleanupStep.ofUnconfirmed(unconfirmed.submission())));
        } else if (result instanceof AddStepsCall.Rejected rejected) {
            if (clusterState.current().isUp()) {
                throw AwsException.rejected(operation(leftovers.get(0)), "ValidationException", rejected.message());
            }
            leftovers.forEach(EmrAttempt::clusterEnded);
        }
        return true;
    }

    private static StepConfig cleanupConfig(EmrAttempt attempt) {
        int previous = attempt.cleanups().size();
        if (attempt.cleanups().stream().filter(YarnCleanupStep::hasFailed).count() >= MAX_FAILED_CLEANUPS) {
            throw AwsException.rejected(
                    operation(attempt),
                    "",
                    "The step " + attempt.name().cleanupStep(previous).text()
                            + " failed to kill it too. Check on the primary node with: yarn application -list");
        }
        return YarnCleanupStep.config(attempt.name(), previous + 1, Objects.requireNonNull(attempt.step()));
    }

    private static String operation(EmrAttempt attempt) {
        return "kill the YARN application of " + attempt.name().text();
    }
}
