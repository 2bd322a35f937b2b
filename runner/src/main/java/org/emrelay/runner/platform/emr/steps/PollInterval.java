package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.platform.aws.client.AwsRetry;

/** When EMR is looked at next: at once after something was asked of it, then every 5 seconds, and less and less often while nothing changes. */
final class PollInterval {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AwsRetry patience;
    private Duration interval = SHORTEST;
    private Instant next = Instant.MIN;

    PollInterval(AwsRetry patience) {
        this.patience = patience;
    }

    boolean isDue() {
        return !now().isBefore(next);
    }

    Duration untilDue() {
        return isDue() ? Duration.ZERO : Duration.between(now(), next);
    }

    void lookAtOnce() {
        next = Instant.MIN;
        interval = SHORTEST;
    }

    /** After a look. */
    void looked(boolean somethingChanged) {
        if (somethingChanged) {
            interval = SHORTEST;
        }
        next = now().plus(patience.around(interval));
        Duration longer = interval.plus(interval.dividedBy(2));
        interval = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private Instant now() {
        return patience.clock().instant();
    }
}
