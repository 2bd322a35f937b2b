package org.emrelay.runner.stream.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;

/** The pauses that X asks its clients to make before they reconnect ("Handling disconnections" in X's documentation). */
final class XBackoff {
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(16);

    private final Clock clock;
    private final Backoff network = Backoff.linear(Duration.ofMillis(250), Duration.ofSeconds(16));
    private final Backoff server = Backoff.exponential(Duration.ofSeconds(5), Duration.ofSeconds(320));
    private final Backoff rateLimit = Backoff.exponential(Duration.ofSeconds(60), LONGEST_LIMIT);

    XBackoff(Clock clock) {
        this.clock = clock;
    }

    /** @param lasted whether a good connection was lost; if so, the source reconnects immediately */
    Duration pause(ConnectionLostException lost, boolean lasted) {
        if (lasted) {
            network.reset();
            server.reset();
            rateLimit.reset();
            if (lost.kind() != Cause.RATE_LIMIT) {
                return Duration.ZERO;
            }
        }
        return switch (lost.kind()) {
            case NETWORK -> network.next();
            case SERVER -> server.next();
            case RATE_LIMIT -> untilReset(lost, rateLimit.next());
        };
    }

    /** Windows last 15 minutes. If a reset is further away, or in the past, one of the clocks is wrong. */
    private Duration untilReset(ConnectionLostException lost, Duration otherwise) {
        Instant reset = lost.notBefore();
        if (reset == null) {
            return otherwise;
        }
        Duration left = Duration.between(clock.instant(), reset);
        return left.isNegative() || left.compareTo(LONGEST_LIMIT) > 0 ? otherwise : left.plusSeconds(1);
    }
}
