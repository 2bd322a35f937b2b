package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsRetry;

/**
 * How long to wait for logs. EMR uploads logs about every five minutes, and some minutes after a step ends.
 *
 * @param maxWait how long to wait for missing logs; zero to use only what is available
 * @param onWait receives the progress of the wait every few seconds
 * @param onError receives a message if logs cannot be read
 */
public record LogWaitPolicy(Duration maxWait, Consumer<WaitProgress> onWait, Consumer<String> onError) {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    /**
     * The progress of a wait.
     *
     * @param awaited completes "waiting for …": {@code the logs of step s-1}
     * @param remaining the longest remaining wait
     */
    public record WaitProgress(String awaited, Duration remaining) {
        public WaitProgress {
            Objects.requireNonNull(awaited, "awaited");
            Objects.requireNonNull(remaining, "remaining");
        }
    }

    public LogWaitPolicy {
        Objects.requireNonNull(onWait, "onWait");
        Objects.requireNonNull(onError, "onError");
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("negative wait: " + maxWait);
        }
    }

    /**
     * Sleeps before the next poll.
     *
     * @return false if the maximum wait has passed since the start, or the thread is interrupted
     */
    boolean pause(AwsRetry retry, Instant start, String awaited) {
        Duration remaining = Duration.between(retry.clock().instant(), start.plus(maxWait));
        if (remaining.isZero() || remaining.isNegative()) {
            return false;
        }
        onWait.accept(new WaitProgress(awaited, remaining));
        return retry.sleep(remaining.compareTo(POLL_INTERVAL) < 0 ? remaining : POLL_INTERVAL);
    }
}
