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
 * @param name as it stands there: of somebody else's step too
 * @param started null while it waits
 * @param why what EMR says of its failure or its state; empty when it says nothing
 */
record EmrStep(
        String id,
        String name,
        StepState state,
        ActionOnFailure afterFailure,
        @Nullable Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        String why,
        List<String> arguments) {

    EmrStep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(afterFailure, "afterFailure");
        Objects.requireNonNull(why, "why");
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
                why(step),
                step.config() == null ? List.of() : step.config().args());
    }

    private static String why(StepSummary step) {
        FailureDetails details = step.status().failureDetails();
        if (details != null) {
            return why(details);
        }
        return step.status().stateChangeReason() == null
                ? ""
                : Objects.toString(step.status().stateChangeReason().message(), "");
    }

    /** EMR calls "unknown" whatever it only has the program's own words for. */
    private static String why(FailureDetails details) {
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

    /** Whether its failure is why the other one never started: EMR cancels by itself all that waits. */
    boolean tookAlong(EmrStep other) {
        return state == StepState.FAILED
                && afterFailure != ActionOnFailure.CONTINUE
                && ended != null
                && other.created != null
                && !other.created.isAfter(ended)
                && other.ended != null
                && !other.ended.plusSeconds(CLOCKS_DIFFER_SECONDS).isBefore(ended);
    }

    private static final long CLOCKS_DIFFER_SECONDS = 2;
}
