package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.FailureDetails;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.emr.model.StepTimeline;

/**
 * A step as EMR lists it.
 *
 * @param name the name in EMR, which may be that of a foreign step
 * @param started null while the step is pending
 * @param reason EMR's failure details or state change reason; empty if there are none
 */
record EmrStep(
        String id,
        String name,
        StepState state,
        ActionOnFailure actionOnFailure,
        @Nullable Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        String reason,
        List<String> arguments) {

    EmrStep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(actionOnFailure, "actionOnFailure");
        Objects.requireNonNull(reason, "reason");
        arguments = List.copyOf(arguments);
    }

    static EmrStep of(StepSummary step) {
        StepTimeline timeline = Objects.requireNonNullElseGet(
                step.status().timeline(), () -> StepTimeline.builder().build());
        return new EmrStep(
                step.id(),
                Objects.toString(step.name(), ""),
                step.status().state(),
                Objects.requireNonNullElse(step.actionOnFailure(), ActionOnFailure.CONTINUE),
                timeline.creationDateTime(),
                timeline.startDateTime(),
                timeline.endDateTime(),
                reason(step),
                step.config() == null ? List.of() : step.config().args());
    }

    private static String reason(StepSummary step) {
        FailureDetails details = step.status().failureDetails();
        if (details != null) {
            return reason(details);
        }
        return step.status().stateChangeReason() == null
                ? ""
                : Objects.toString(step.status().stateChangeReason().message(), "");
    }

    /** EMR reports "Unknown Error" when it has only the program's own message. */
    private static String reason(FailureDetails details) {
        String reason = Objects.toString(details.reason(), "");
        String message = Objects.toString(details.message(), "");
        if (message.isEmpty()) {
            return reason;
        }
        return reason.isEmpty() || reason.startsWith("Unknown Error") ? message : reason + " " + message;
    }

    boolean is(StepState other) {
        return state == other;
    }

    boolean hasStarted() {
        return started != null
                || state == StepState.RUNNING
                || state == StepState.COMPLETED
                || state == StepState.FAILED;
    }

    boolean hasEnded() {
        return switch (state) {
            case COMPLETED, CANCELLED, FAILED, INTERRUPTED -> true;
            default -> false;
        };
    }

    /** Whether the failure of this step made EMR cancel the other step, which was pending. */
    boolean failureCancelled(EmrStep other) {
        return state == StepState.FAILED
                && actionOnFailure != ActionOnFailure.CONTINUE
                && ended != null
                && other.created != null
                && !other.created.isAfter(ended)
                && other.ended != null
                && !other.ended.plusSeconds(CLOCK_SKEW_SECONDS).isBefore(ended);
    }

    private static final long CLOCK_SKEW_SECONDS = 2;
}
