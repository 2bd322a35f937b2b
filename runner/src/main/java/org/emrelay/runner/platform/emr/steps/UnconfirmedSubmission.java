package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Nobody can tell yet whether EMR has a step: it is looked for by its name for a while, since a listing lags behind.
 *
 * @param since it was not handed over before
 * @param until when it was never found by then, EMR does not have it
 */
record UnconfirmedSubmission(Instant since, Instant until) {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);
    private static final Duration AFTER_A_LOST_ANSWER = Duration.ofMinutes(3);
    private static final Duration AFTER_A_DEAD_RUNNER = Duration.ofMinutes(1);

    UnconfirmedSubmission {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
    }

    static UnconfirmedSubmission afterALostAnswer(Instant handedOver, Instant now) {
        return new UnconfirmedSubmission(handedOver.minus(CLOCKS_DIFFER), now.plus(AFTER_A_LOST_ANSWER));
    }

    /** A runner may have died between its journal and its call, or before EMR listed what it took. */
    static UnconfirmedSubmission afterADeadRunner(Instant now) {
        return new UnconfirmedSubmission(now.minus(CLOCKS_DIFFER), now.plus(AFTER_A_DEAD_RUNNER));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }
}
