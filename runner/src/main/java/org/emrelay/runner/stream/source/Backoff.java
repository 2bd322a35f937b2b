package org.emrelay.runner.stream.source;

import java.time.Duration;
import java.util.function.IntFunction;

/** Pauses that grow with each consecutive failure, up to a limit. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final IntFunction<Duration> pauses;
    private final Duration limit;
    private int failures;

    private Backoff(IntFunction<Duration> pauses, Duration limit) {
        this.pauses = pauses;
        this.limit = limit;
    }

    static Backoff linear(Duration step, Duration limit) {
        return new Backoff(step::multipliedBy, limit);
    }

    static Backoff exponential(Duration first, Duration limit) {
        return new Backoff(failure -> first.multipliedBy(1L << Math.min(failure - 1, MAX_DOUBLINGS)), limit);
    }

    Duration next() {
        failures++;
        Duration pause = pauses.apply(failures);
        return pause.compareTo(limit) < 0 ? pause : limit;
    }

    void reset() {
        failures = 0;
    }
}
