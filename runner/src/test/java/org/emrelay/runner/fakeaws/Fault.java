package org.emrelay.runner.fakeaws;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;
import org.jspecify.annotations.Nullable;

/** A fault to inject into a call. */
public final class Fault {
    private final Effect effect;
    private final @Nullable Function<Call, AwsError> error;
    private final Duration delay;

    /** What happens to a call. */
    enum Effect {
        /** The service returns an error and does nothing. */
        RETURN_ERROR,
        /** The connection closes before the call takes effect. */
        LOSE_REQUEST,
        /** The connection closes after the call took effect. */
        LOSE_RESPONSE,
        /** The call takes effect, and the service returns an error. */
        RETURN_ERROR_AFTER_EFFECT,
        /** The connection closes after half of the response. */
        TRUNCATE_RESPONSE,
        /** The connection closes at once, and the call takes effect after a delay. */
        LOSE_REQUEST_FOR_A_WHILE,
        /** The call takes effect after a delay. */
        DELAY_REQUEST,
        /** The call takes effect, and its response is delayed. */
        DELAY_RESPONSE,
        /** The call takes effect, and the connection stays open without a response. */
        HANG
    }

    private Fault(Effect effect, @Nullable Function<Call, AwsError> error, Duration delay) {
        this.effect = effect;
        this.error = error;
        this.delay = delay;
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, null, Duration.ZERO);
    }

    private static Fault errorResponse(Function<Call, AwsError> error) {
        return new Fault(Effect.RETURN_ERROR, error, Duration.ZERO);
    }

    /** Throttling, with the error code of each service. */
    public static Fault throttled() {
        return errorResponse(call -> CommonErrors.throttled(call.service()));
    }

    /** An internal error, status 500. */
    public static Fault internalError() {
        return errorResponse(call -> CommonErrors.internal(call.service()));
    }

    /** An internal error, status 500, of a call that took effect. */
    public static Fault internalErrorAfterEffect() {
        return new Fault(
                Effect.RETURN_ERROR_AFTER_EFFECT, call -> CommonErrors.internal(call.service()), Duration.ZERO);
    }

    /** Service unavailable, status 503. */
    public static Fault unavailable() {
        return errorResponse(call -> CommonErrors.unavailable());
    }

    public static Fault expiredCredentials() {
        return errorResponse(call -> CommonErrors.expired(call.service()));
    }

    /** Access denied, as if no policy allowed the action. */
    public static Fault denied() {
        return errorResponse(call -> CommonErrors.denied(call.service(), call.operation(), call.resource()));
    }

    public static Fault error(int status, String code, String message) {
        return errorResponse(call -> new AwsError(status, code, message));
    }

    /** The request is lost before it takes effect. */
    public static Fault requestLost() {
        return of(Effect.LOSE_REQUEST);
    }

    /** The connection closes at once, and the request takes effect after a delay in simulated time. */
    public static Fault requestArrivesLate(Duration delay) {
        return new Fault(Effect.LOSE_REQUEST_FOR_A_WHILE, null, delay);
    }

    /** The call takes effect, but its response is lost. */
    public static Fault responseLost() {
        return of(Effect.LOSE_RESPONSE);
    }

    /** The call takes effect, but only half of its response arrives. */
    public static Fault responseTruncated() {
        return of(Effect.TRUNCATE_RESPONSE);
    }

    /** The request takes effect after a delay in simulated time. */
    public static Fault requestDelayed(Duration delay) {
        return new Fault(Effect.DELAY_REQUEST, null, delay);
    }

    /** The call takes effect, and its response is delayed in simulated time. */
    public static Fault responseDelayed(Duration delay) {
        return new Fault(Effect.DELAY_RESPONSE, null, delay);
    }

    /** The call takes effect, but no response arrives until the client's own timeout. */
    public static Fault noResponse() {
        return of(Effect.HANG);
    }

    Effect effect() {
        return effect;
    }

    Duration delay() {
        return delay;
    }

    AwsError error(Call call) {
        return Objects.requireNonNull(error).apply(call);
    }
}
