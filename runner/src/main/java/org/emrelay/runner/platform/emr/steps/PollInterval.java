package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.platform.aws.client.AwsRetry;

/** Schedules the polling of EMR: immediately after a command, then every 5 to 30 seconds, less often without changes. */
final class PollInterval {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);

    private final AwsRetry retry;
    private Duration interval = MIN_INTERVAL;
    private Instant nextPoll = Instant.MIN;

    PollInterval(AwsRetry retry) {
        this.retry = retry;
    }

    boolean isDue() {
        return !now().isBefore(nextPoll);
    }

    Duration untilDue() {
        return isDue() ? Duration.ZERO : Duration.between(now(), nextPoll);
    }

    void reset() {
        nextPoll = Instant.MIN;
        interval = MIN_INTERVAL;
    }

    /** Schedules the next poll after one has finished. */
    void polled(boolean changed) {
        if (changed) {
            interval = MIN_INTERVAL;
        }
        nextPoll = now().plus(retry.withJitter(interval));
        Duration longer = interval.plus(interval.dividedBy(2));
        interval = longer.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : longer;
    }

    private Instant now() {
        return retry.clock().instant();
    }
}
