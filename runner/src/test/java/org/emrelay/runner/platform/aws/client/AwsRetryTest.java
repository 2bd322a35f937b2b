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
    private final FakeTime time = new FakeTime("2026-11-21T03:45:12Z");
    private final AwsRetry patience = time.patience();
    private int calls;

    /** Fails in these ways, and then answers. */
    private String answerAfter(Deque<SdkException> failures) {
        calls++;
        if (!failures.isEmpty()) {
            throw failures.pop();
        }
        return "answer";
    }

    private static Deque<SdkException> failures(SdkException... failures) {
        return new ArrayDeque<>(Arrays.asList(failures));
    }

    private static SdkException throttle() {
        return AwsErrorClassifierTest.answer(400, "ThrottlingException", "Rate exceeded");
    }

    private static SdkException invalid() {
        return AwsErrorClassifierTest.answer(400, "ValidationException", "Invalid InstanceProfile: x.");
    }

    @Test
    void bearsThrottlesWithGrowingPauses() {
        SdkException[] storm = new SdkException[30];
        Arrays.fill(storm, throttle());
        Deque<SdkException> failures = failures(storm);

        assertThat(patience.ask("look", () -> answerAfter(failures))).isEqualTo("answer");
        assertThat(calls).isEqualTo(31);
        assertThat(time.slept().get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(time.slept().get(29)).isBetween(Duration.ofMillis(7_500), Duration.ofMillis(15_000));
    }

    @Test
    void asksOnceWhatMustNotBeAskedTwice() {
        Deque<SdkException> failures = failures(throttle());

        assertThatThrownBy(() -> AwsRetry.once("run it", () -> answerAfter(failures)))
                .hasMessage("Could not run it. ThrottlingException: Rate exceeded.");
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void doesNotAskAgainWhatIsACertainNo() {
        Deque<SdkException> failures = failures(invalid());

        assertThatThrownBy(() -> patience.ask("run it", () -> answerAfter(failures)))
                .hasMessage("Could not run it. ValidationException: Invalid InstanceProfile: x.");
        assertThat(time.slept()).isEmpty();
    }

    @Test
    void bearsForAWhileWhatGoesAwayByItself() {
        Deque<SdkException> failures = failures(invalid(), invalid(), throttle(), invalid());

        assertThat(patience.ask(
                        "run it",
                        fault -> fault.said().startsWith("Invalid InstanceProfile"),
                        Duration.ofMinutes(2),
                        () -> answerAfter(failures)))
                .isEqualTo("answer");
    }

    @Test
    void givesUpWhatDoesNotGoAway() {
        assertThatThrownBy(() -> patience.ask("run it", fault -> true, Duration.ofMinutes(2), () -> {
                    throw invalid();
                }))
                .isInstanceOf(AwsException.class);
        assertThat(time.instant()).isBetween("2026-11-21T03:46:50Z", "2026-11-21T03:47:12Z");
    }
}
