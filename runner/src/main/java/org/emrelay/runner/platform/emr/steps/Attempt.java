package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Launch;
import org.emrelay.runner.platform.Launch.AfterFailure;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepState;

/** One attempt, as far as this process knows it: what was asked of EMR, and what EMR last said. */
final class Attempt {
    private static final Duration CANCELLED_AFTER = Duration.ofMinutes(1);

    private final EmrName name;
    private final @Nullable Launch launch;
    private final boolean told;
    private final List<Ending> endings = new ArrayList<>();
    private @Nullable String stepId;
    private @Nullable Doubt doubt;
    private @Nullable SeenStep seen;
    private @Nullable StepOutcome outcome;
    private @Nullable Instant ended;
    private boolean asked;
    private @Nullable AttemptId stoppedWith;
    private @Nullable Instant cancelled;
    private boolean replaced;
    private boolean clusterGone;

    private Attempt(EmrName name, @Nullable Launch launch, boolean told) {
        this.name = name;
        this.launch = launch;
        this.told = told;
    }

    /** One that is to be handed over. */
    static Attempt of(EmrName name, Launch launch) {
        return new Attempt(name, launch, true);
    }

    /**
     * One that somebody else handed over.
     *
     * @param told whether anybody asked for it; otherwise it only has to be over before a later one starts
     */
    static Attempt found(EmrName name, boolean told) {
        return new Attempt(name, null, told);
    }

    AttemptId id() {
        return name.attempt();
    }

    EmrName name() {
        return name;
    }

    /** What is to be handed over and was not yet; null otherwise. */
    @Nullable
    Launch held() {
        return stepId == null && outcome == null && doubt == null ? launch : null;
    }

    /** Nobody can tell yet whether EMR has it. */
    void doubt(Doubt why) {
        doubt = why;
    }

    boolean isInDoubt() {
        return doubt() != null;
    }

    /** Null where it is known whether EMR has it. */
    @Nullable
    Doubt doubt() {
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
    SeenStep seen() {
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
        boolean goesOn = launch == null || launch.afterFailure() == AfterFailure.NEXT_STARTS;
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
        for (Ending ending : endings) {
            String id = ending.id();
            if (id != null && ending.isActive()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Takes in what EMR says; whether that is news. */
    boolean see(EmrName which, SeenStep step) {
        if (which.ending() == 0) {
            boolean news = seen == null || seen.state() != step.state();
            stepId = step.id();
            seen = step;
            return news;
        }
        while (endings.size() < which.ending()) {
            endings.add(Ending.unknown());
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
                && endings.stream().noneMatch(Ending::hasSucceeded);
    }

    boolean isBeingEnded() {
        return endings.stream().anyMatch(Ending::isActive);
    }

    List<Ending> endings() {
        return List.copyOf(endings);
    }

    void add(Ending ending) {
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
