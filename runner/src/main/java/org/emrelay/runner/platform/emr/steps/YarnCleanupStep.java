package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.StepState;

/** One step that ends what an attempt left on YARN, from when it is handed over. */
final class YarnCleanupStep {
    private @Nullable String id;
    private @Nullable UnconfirmedSubmission doubt;
    private @Nullable EmrStep seen;

    private YarnCleanupStep(@Nullable String id, @Nullable UnconfirmedSubmission doubt) {
        this.id = id;
        this.doubt = doubt;
    }

    static YarnCleanupStep taken(String id) {
        return new YarnCleanupStep(Objects.requireNonNull(id, "id"), null);
    }

    static YarnCleanupStep inDoubt(UnconfirmedSubmission doubt) {
        return new YarnCleanupStep(null, Objects.requireNonNull(doubt, "doubt"));
    }

    /** Of a number that was used, as far as a later one tells. */
    static YarnCleanupStep unknown() {
        return new YarnCleanupStep(null, null);
    }

    @Nullable
    String id() {
        return id;
    }

    /** Null where it is known whether EMR has it. */
    @Nullable
    UnconfirmedSubmission doubt() {
        return id == null ? doubt : null;
    }

    void giveUp() {
        doubt = null;
    }

    /** Whether it is waited for. */
    boolean isActive() {
        return id == null ? doubt != null : seen == null || !seen.hasEnded();
    }

    /** One that was taken along by another step's failure, or never arrived, says nothing. */
    boolean hasFailed() {
        return seen != null && seen.is(StepState.FAILED);
    }

    boolean hasSucceeded() {
        return seen != null && seen.is(StepState.COMPLETED);
    }

    /** Takes in what EMR says; whether that is news. */
    boolean see(EmrStep step) {
        boolean news = seen == null || !seen.id().equals(step.id()) || seen.state() != step.state();
        id = step.id();
        seen = step;
        return news;
    }
}
