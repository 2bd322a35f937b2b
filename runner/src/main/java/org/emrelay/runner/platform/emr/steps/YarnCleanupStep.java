package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.StepState;

/** A submitted step that kills what an attempt left on YARN. */
final class YarnCleanupStep {
    private @Nullable String id;
    private @Nullable UnconfirmedSubmission unconfirmed;
    private @Nullable EmrStep step;

    private YarnCleanupStep(@Nullable String id, @Nullable UnconfirmedSubmission submission) {
        this.id = id;
        this.unconfirmed = submission;
    }

    static YarnCleanupStep ofAccepted(String id) {
        return new YarnCleanupStep(Objects.requireNonNull(id, "id"), null);
    }

    static YarnCleanupStep ofUnconfirmed(UnconfirmedSubmission submission) {
        return new YarnCleanupStep(null, Objects.requireNonNull(submission, "submission"));
    }

    /** A cleanup step that must exist, because one with a higher number does. */
    static YarnCleanupStep ofUnknown() {
        return new YarnCleanupStep(null, null);
    }

    @Nullable
    String id() {
        return id;
    }

    /** Null once it is known whether EMR has the step. */
    @Nullable
    UnconfirmedSubmission unconfirmed() {
        return id == null ? unconfirmed : null;
    }

    void giveUp() {
        unconfirmed = null;
    }

    /** Whether its end is still awaited. */
    boolean isActive() {
        return id == null ? unconfirmed != null : step == null || !step.hasEnded();
    }

    /** A step that was cancelled by the failure of another, or never submitted, does not count as failed. */
    boolean hasFailed() {
        return step != null && step.is(StepState.FAILED);
    }

    boolean hasSucceeded() {
        return step != null && step.is(StepState.COMPLETED);
    }

    /** Updates the step from EMR's state; returns whether it changed. */
    boolean update(EmrStep latest) {
        boolean changed = step == null || !step.id().equals(latest.id()) || step.state() != latest.state();
        id = latest.id();
        step = latest;
        return changed;
    }
}
