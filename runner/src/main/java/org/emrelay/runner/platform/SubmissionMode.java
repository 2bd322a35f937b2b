package org.emrelay.runner.platform;

import java.time.Duration;
import java.util.Objects;

/**
 * When and how many attempts may be submitted to a platform.
 *
 * @param sequential whether the platform runs attempts one at a time in the order of submission and starts none after a failed one.
 *     An attempt can then be submitted before its inputs exist, and it starts without the runner.
 * @param maxActive the maximum number of attempts submitted and not ended
 * @param pollInterval the longest time between two calls of {@link Platform#refresh}; a platform may query its service less often
 */
public record SubmissionMode(boolean sequential, int maxActive, Duration pollInterval) {
    /** Attempts are submitted once their inputs exist and run concurrently; polling is free. */
    public static final SubmissionMode CONCURRENT =
            new SubmissionMode(false, Integer.MAX_VALUE, Duration.ofMillis(250));

    public SubmissionMode {
        Objects.requireNonNull(pollInterval, "pollInterval");
        if (maxActive < 1) {
            throw new IllegalArgumentException("maxActive: " + maxActive);
        }
    }
}
