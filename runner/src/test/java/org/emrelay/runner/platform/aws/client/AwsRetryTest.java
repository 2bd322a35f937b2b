package org.emrelay.runner.platform.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

final class AwsRetryTest {
    private final AdvancingClock clock = new AdvancingClock("2026-11-21T03:45:12Z");
    private final AwsRetry retry = clock.retry();
    private int calls;

    /** Throws these exceptions one by one, then returns. */
    private String succeedAfter(Deque<SdkException> failures) {
        calls++;
        if (!failures.isEmpty()) {
            throw failures.pop();
        }
        return "result";
    }

    private static Deque<SdkException> failures(SdkException... failures) {
        return new ArrayDeque<>(Arrays.asList(failures));
    }

    private static SdkException throttle() {
        return AwsErrorClassifierTest.serviceException(400, "ThrottlingException", "Rate exceeded");
    }

    private static SdkException invalid() {
        return AwsErrorClassifierTest.serviceException(400, "ValidationException", "Invalid InstanceProfile: x.");
    }

    @Test
    void retriesThrottlingWithExponentialBackoff() {
        SdkException[] throttles = new SdkException[30];
        Arrays.fill(throttles, throttle());
        Deque<SdkException> failures = failures(throttles);

        assertThat(retry.call("describe x", () -> succeedAfter(failures))).isEqualTo("result");
        assertThat(calls).isEqualTo(31);
        assertThat(clock.slept().get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(clock.slept().get(29)).isBetween(Duration.ofMillis(7_500), Duration.ofMillis(15_000));
    }

    @Test
    void callOnceMakesASingleAttempt() {
        Deque<SdkException> failures = failures(throttle());

        assertThatThrownBy(() -> AwsRetry.callOnce("run it", () -> succeedAfter(failures)))
                .hasMessage("Could not run it. ThrottlingException: Rate exceeded.");
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void doesNotRetryPermanentErrors() {
        Deque<SdkException> failures = failures(invalid());

        assertThatThrownBy(() -> retry.call("run it", () -> succeedAfter(failures)))
                .hasMessage("Could not run it. ValidationException: Invalid InstanceProfile: x.");
        assertThat(clock.slept()).isEmpty();
    }

    @Test
    void retriesErrorsThatTheCallerDeclaresTransient() {
        Deque<SdkException> failures = failures(invalid(), invalid(), throttle(), invalid());

        assertThat(retry.call(
                        "run it",
                        fault -> fault.awsMessage().startsWith("Invalid InstanceProfile"),
                        Duration.ofMinutes(2),
                        () -> succeedAfter(failures)))
                .isEqualTo("result");
    }

    @Test
    void givesUpWhenTheRetryBudgetIsUsedUp() {
        assertThatThrownBy(() -> retry.call("run it", fault -> true, Duration.ofMinutes(2), () -> {
                    throw invalid();
                }))
                .isInstanceOf(AwsException.class);
        assertThat(clock.instant()).isBetween("2026-11-21T03:46:50Z", "2026-11-21T03:47:12Z");
    }
}
