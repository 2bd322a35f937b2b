package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A submission that EMR has not confirmed. The step is looked up by name for a while: ListSteps is eventually consistent.
 *
 * @param since the step was not submitted before this time
 * @param until if not found by this time, EMR does not have the step
 */
record UnconfirmedSubmission(Instant since, Instant until) {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);
    private static final Duration LOST_RESPONSE_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration CRASHED_RUNNER_TIMEOUT = Duration.ofMinutes(1);

    UnconfirmedSubmission {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
    }

    static UnconfirmedSubmission afterLostResponse(Instant submitted, Instant now) {
        return new UnconfirmedSubmission(submitted.minus(CLOCK_SKEW), now.plus(LOST_RESPONSE_TIMEOUT));
    }

    /** A runner may have crashed between writing its journal and calling EMR, or before EMR listed the step. */
    static UnconfirmedSubmission afterRunnerCrash(Instant now) {
        return new UnconfirmedSubmission(now.minus(CLOCK_SKEW), now.plus(CRASHED_RUNNER_TIMEOUT));
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(until);
    }
}
