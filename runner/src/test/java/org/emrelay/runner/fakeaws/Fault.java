package org.emrelay.runner.fakeaws;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a call. */
public final class Fault {
    private final Effect effect;
    private final @Nullable Function<Call, AwsError> error;
    private final Duration delay;

    /** What is done to a call. */
    enum Effect {
        /** Answered with an error, and nothing else is done. */
        REFUSE,
        /** The connection ends before the call took effect. */
        LOSE_REQUEST,
        /** The connection ends after the call took effect. */
        LOSE_ANSWER,
        /** Half of the answer comes, and then the connection ends. */
        CUT_ANSWER,
        /** It takes its time: before the effect. */
        DELAY,
        /** It takes its time: after the effect. */
        DELAY_ANSWER,
        /** It takes effect, and no answer ever comes. */
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

    private static Fault refusal(Function<Call, AwsError> error) {
        return new Fault(Effect.REFUSE, error, Duration.ZERO);
    }

    /** In each service's own words. */
    public static Fault throttled() {
        return refusal(call -> CommonErrors.throttled(call.service()));
    }

    /** A 500. */
    public static Fault internalError() {
        return refusal(call -> CommonErrors.internal(call.service()));
    }

    /** A 503. */
    public static Fault unavailable() {
        return refusal(call -> CommonErrors.unavailable());
    }

    public static Fault expiredCredentials() {
        return refusal(call -> CommonErrors.expired(call.service()));
    }

    /** As when no policy allows the action. */
    public static Fault denied() {
        return refusal(call -> CommonErrors.denied(call.service(), call.operation(), call.resource()));
    }

    public static Fault error(int status, String code, String message) {
        return refusal(call -> new AwsError(status, code, message));
    }

    /** The request is lost. */
    public static Fault requestLost() {
        return of(Effect.LOSE_REQUEST);
    }

    /** The call takes effect, and its answer is lost. */
    public static Fault answerLost() {
        return of(Effect.LOSE_ANSWER);
    }

    /** The call takes effect, and only half of its answer comes. */
    public static Fault answerCut() {
        return of(Effect.CUT_ANSWER);
    }

    /** The way there is long; of the fake time. */
    public static Fault slow(Duration delay) {
        return new Fault(Effect.DELAY, null, delay);
    }

    /** The way back is long; of the fake time. */
    public static Fault slowAnswer(Duration delay) {
        return new Fault(Effect.DELAY_ANSWER, null, delay);
    }

    /** The call takes effect, and the client waits until its own patience ends. */
    public static Fault noAnswer() {
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
