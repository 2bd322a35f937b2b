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

/** One attempt, as far as this process knows it: what was asked of EMR, and what EMR last said. */
final class EmrAttempt {
    private static final Duration CANCELLED_AFTER = Duration.ofMinutes(1);

    private final EmrStepName name;
    private final @Nullable AttemptRequest launch;
    private final boolean told;
    private final List<YarnCleanupStep> endings = new ArrayList<>();
    private @Nullable String stepId;
    private @Nullable UnconfirmedSubmission doubt;
    private @Nullable EmrStep seen;
    private @Nullable StepOutcome outcome;
    private @Nullable Instant ended;
    private boolean asked;
    private @Nullable AttemptId stoppedWith;
    private @Nullable Instant cancelled;
    private boolean replaced;
    private boolean clusterGone;

    private EmrAttempt(EmrStepName name, @Nullable AttemptRequest launch, boolean told) {
        this.name = name;
        this.launch = launch;
        this.told = told;
    }

    /** One that is to be handed over. */
    static EmrAttempt of(EmrStepName name, AttemptRequest launch) {
        return new EmrAttempt(name, launch, true);
    }

    /**
     * One that somebody else handed over.
     *
     * @param told whether anybody asked for it; otherwise it only has to be over before a later one starts
     */
    static EmrAttempt found(EmrStepName name, boolean told) {
        return new EmrAttempt(name, null, told);
    }

    AttemptId id() {
        return name.attempt();
    }

    EmrStepName name() {
        return name;
    }

    /** What is to be handed over and was not yet; null otherwise. */
    @Nullable
    AttemptRequest held() {
        return stepId == null && outcome == null && doubt == null ? launch : null;
    }

    /** Nobody can tell yet whether EMR has it. */
    void doubt(UnconfirmedSubmission why) {
        doubt = why;
    }

    boolean isInDoubt() {
        return doubt() != null;
    }

    /** Null where it is known whether EMR has it. */
    @Nullable
    UnconfirmedSubmission doubt() {
        return stepId == null && outcome == null ? doubt : null;
    }

    boolean isTold() {
        return told;
    }

    @Nullable
    String stepId() {
        return stepId;
    }

    @Nullable
    EmrStep seen() {
        return seen;
    }

    void taken(String id) {
        stepId = id;
    }

    /** What EMR does by itself when it fails; CONTINUE when nobody knows. */
    ActionOnFailure afterFailure() {
        if (seen != null) {
            return seen.afterFailure();
        }
        boolean goesOn = launch == null || launch.afterFailure() == OnAttemptFailure.NEXT_STARTS;
        return goesOn ? ActionOnFailure.CONTINUE : ActionOnFailure.CANCEL_AND_WAIT;
    }

    /** Whether EMR has it and it has not ended, whatever is left on YARN. */
    boolean isActive() {
        return stepId != null && !clusterGone && (seen == null || !seen.hasEnded());
    }

    boolean isPending() {
        return isActive() && (seen == null || seen.is(StepState.PENDING));
    }

    /** The ids of EMR's steps that tell more about it. */
    List<String> watched() {
        List<String> ids = new ArrayList<>();
        if (isActive() && stepId != null) {
            ids.add(stepId);
        }
        for (YarnCleanupStep ending : endings) {
            String id = ending.id();
            if (id != null && ending.isActive()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Takes in what EMR says; whether that is news. */
    boolean see(EmrStepName which, EmrStep step) {
        if (which.ending() == 0) {
            boolean news = seen == null || seen.state() != step.state();
            stepId = step.id();
            seen = step;
            return news;
        }
        while (endings.size() < which.ending()) {
            endings.add(YarnCleanupStep.unknown());
        }
        return endings.get(which.ending() - 1).see(step);
    }

    void stop() {
        asked = true;
    }

    /** It goes because another one is stopped: nobody asked for this one. */
    void stopWith(AttemptId other) {
        if (!asked && stoppedWith == null) {
            stoppedWith = other;
        }
    }

    /** Whether it was asked to stop, and has not yet ended with all that it left. */
    boolean isStopping() {
        return asked && stepId != null && outcome == null;
    }

    boolean wasAskedToStop() {
        return asked;
    }

    @Nullable
    AttemptId stoppedWith() {
        return stoppedWith;
    }

    /** Whether EMR is still, or again, to be asked to cancel it. */
    boolean isToBeCancelled(Instant now) {
        return (asked || stoppedWith != null)
                && isActive()
                && (seen == null || !seen.is(StepState.CANCEL_PENDING))
                && (cancelled == null || cancelled.plus(CANCELLED_AFTER).isBefore(now));
    }

    void cancellationTaken(Instant now) {
        cancelled = now;
    }

    /** A later attempt is to start: this one must not have left anything behind. */
    void replaced() {
        replaced = true;
        if (isActive()) {
            asked = true;
        }
    }

    /** Whether something of it may still be on YARN that has to be ended, and is not yet known to be. */
    boolean mayLiveOn() {
        return seen != null
                && seen.hasEnded()
                && seen.hasStarted()
                && !clusterGone
                && (seen.is(StepState.CANCELLED) || (!seen.is(StepState.COMPLETED) && (asked || replaced)))
                && endings.stream().noneMatch(YarnCleanupStep::hasSucceeded);
    }

    boolean isBeingEnded() {
        return endings.stream().anyMatch(YarnCleanupStep::isActive);
    }

    List<YarnCleanupStep> endings() {
        return List.copyOf(endings);
    }

    void add(YarnCleanupStep ending) {
        endings.add(ending);
    }

    /** With the cluster all that it ran has ended. */
    void clusterIsGone() {
        clusterGone = true;
    }

    /** Whether a later attempt at the same step can start. */
    boolean isOver() {
        return !isActive() && !isInDoubt() && !mayLiveOn();
    }

    void settle(StepOutcome how, Instant when) {
        outcome = how;
        ended = when;
    }

    boolean isSettled() {
        return outcome != null;
    }

    AttemptStatus status(String waitsFor) {
        Instant started = seen == null ? null : seen.started();
        return new AttemptStatus(id(), started, ended, outcome, waitsFor);
    }
}
