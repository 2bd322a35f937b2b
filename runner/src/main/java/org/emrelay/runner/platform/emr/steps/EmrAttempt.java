package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepState;

/** One attempt as this process knows it: the requests to EMR and EMR's last response. */
final class EmrAttempt {
    private static final Duration CANCEL_RETRY_INTERVAL = Duration.ofMinutes(1);

    private final EmrStepName name;
    private final @Nullable AttemptRequest request;
    private final boolean reported;
    private final List<YarnCleanupStep> cleanups = new ArrayList<>();
    private @Nullable String stepId;
    private @Nullable UnconfirmedSubmission unconfirmed;
    private @Nullable EmrStep step;
    private @Nullable StepOutcome outcome;
    private @Nullable Instant ended;
    private boolean cancelRequested;
    private @Nullable AttemptId cancelledWith;
    private @Nullable Instant cancelAcceptedAt;
    private boolean superseded;
    private boolean clusterEnded;

    private EmrAttempt(EmrStepName name, @Nullable AttemptRequest request, boolean reported) {
        this.name = name;
        this.request = request;
        this.reported = reported;
    }

    /** An attempt to submit. */
    static EmrAttempt of(EmrStepName name, AttemptRequest request) {
        return new EmrAttempt(name, request, true);
    }

    /**
     * An attempt that another process submitted.
     *
     * @param reported whether to report its status; otherwise it only has to end before a later attempt starts
     */
    static EmrAttempt found(EmrStepName name, boolean reported) {
        return new EmrAttempt(name, null, reported);
    }

    AttemptId id() {
        return name.attempt();
    }

    EmrStepName name() {
        return name;
    }

    /** The request that is still to be submitted; null if there is none. */
    @Nullable
    AttemptRequest unsubmittedRequest() {
        return stepId == null && outcome == null && unconfirmed == null ? request : null;
    }

    void markUnconfirmed(UnconfirmedSubmission submission) {
        unconfirmed = submission;
    }

    boolean isUnconfirmed() {
        return unconfirmed() != null;
    }

    /** Null if it is known whether EMR has the step. */
    @Nullable
    UnconfirmedSubmission unconfirmed() {
        return stepId == null && outcome == null ? unconfirmed : null;
    }

    boolean isReported() {
        return reported;
    }

    @Nullable
    String stepId() {
        return stepId;
    }

    @Nullable
    EmrStep step() {
        return step;
    }

    void accepted(String id) {
        stepId = id;
    }

    /** What EMR does when the step fails; CONTINUE if unknown. */
    ActionOnFailure actionOnFailure() {
        if (step != null) {
            return step.actionOnFailure();
        }
        boolean continues = request == null || request.onFailure() == OnAttemptFailure.CONTINUE;
        return continues ? ActionOnFailure.CONTINUE : ActionOnFailure.CANCEL_AND_WAIT;
    }

    /** Whether the step is in EMR and has not ended, whatever is left on YARN. */
    boolean isActive() {
        return stepId != null && !clusterEnded && (step == null || !step.hasEnded());
    }

    boolean isPending() {
        return isActive() && (step == null || step.is(StepState.PENDING));
    }

    /** The ids of the step and of its cleanup steps that have not ended. */
    List<String> stepIdsToPoll() {
        List<String> ids = new ArrayList<>();
        if (isActive() && stepId != null) {
            ids.add(stepId);
        }
        for (YarnCleanupStep cleanup : cleanups) {
            String id = cleanup.id();
            if (id != null && cleanup.isActive()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Updates the attempt, or one of its cleanup steps, from EMR's state; returns whether it changed. */
    boolean update(EmrStepName stepName, EmrStep latest) {
        if (stepName.cleanupNumber() == 0) {
            boolean changed = step == null || step.state() != latest.state();
            stepId = latest.id();
            step = latest;
            return changed;
        }
        while (cleanups.size() < stepName.cleanupNumber()) {
            cleanups.add(YarnCleanupStep.ofUnknown());
        }
        return cleanups.get(stepName.cleanupNumber() - 1).update(latest);
    }

    void requestCancel() {
        cancelRequested = true;
    }

    /** Cancels this attempt because another one is cancelled, not on request. */
    void cancelWith(AttemptId other) {
        if (!cancelRequested && cancelledWith == null) {
            cancelledWith = other;
        }
    }

    /** Whether its cancellation was requested and is not complete, including the cleanup on YARN. */
    boolean isCancelling() {
        return cancelRequested && stepId != null && outcome == null;
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    @Nullable
    AttemptId cancelledWith() {
        return cancelledWith;
    }

    /** Whether to call CancelSteps, for the first time or again. */
    boolean needsCancelCall(Instant now) {
        return (cancelRequested || cancelledWith != null)
                && isActive()
                && (step == null || !step.is(StepState.CANCEL_PENDING))
                && (cancelAcceptedAt == null
                        || cancelAcceptedAt.plus(CANCEL_RETRY_INTERVAL).isBefore(now));
    }

    void cancelAccepted(Instant now) {
        cancelAcceptedAt = now;
    }

    /** A later attempt is about to start, so nothing of this one may keep running. */
    void supersede() {
        superseded = true;
        if (isActive()) {
            cancelRequested = true;
        }
    }

    /** Whether an application of it may still run on YARN that has to be killed. */
    boolean mayHaveYarnApplication() {
        return step != null
                && step.hasEnded()
                && step.hasStarted()
                && !clusterEnded
                && (step.is(StepState.CANCELLED) || (!step.is(StepState.COMPLETED) && (cancelRequested || superseded)))
                && cleanups.stream().noneMatch(YarnCleanupStep::hasSucceeded);
    }

    boolean isBeingCleanedUp() {
        return cleanups.stream().anyMatch(YarnCleanupStep::isActive);
    }

    List<YarnCleanupStep> cleanups() {
        return List.copyOf(cleanups);
    }

    void addCleanup(YarnCleanupStep cleanup) {
        cleanups.add(cleanup);
    }

    /** Everything on the cluster ends with it. */
    void clusterEnded() {
        clusterEnded = true;
    }

    /** Whether a later attempt of the same step may start. */
    boolean isOver() {
        return !isActive() && !isUnconfirmed() && !mayHaveYarnApplication();
    }

    void resolve(StepOutcome result, Instant when) {
        outcome = result;
        ended = when;
    }

    boolean isResolved() {
        return outcome != null;
    }

    AttemptStatus status(String waitsFor, StepsCluster cluster) {
        Instant started = step == null ? null : step.started();
        return new AttemptStatus(id(), started, ended, outcome, waitsFor, cluster.platformStep(stepId), null);
    }
}
