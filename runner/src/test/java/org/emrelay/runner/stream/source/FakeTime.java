package org.emrelay.runner.stream.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.emrelay.runner.platform.Sleeper;

/** A clock that advances only when it is told to, or by sleeping, which takes no time. */
final class FakeTime extends Clock implements Sleeper {
    static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

    private Instant now = START;
    private Duration slept = Duration.ZERO;

    @Override
    public synchronized void sleep(Duration duration) {
        advance(duration);
        slept = slept.plus(duration);
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** The sum of all pauses since the last question. */
    synchronized Duration slept() {
        Duration sum = slept;
        slept = Duration.ZERO;
        return sum;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** The ticker of this clock. */
    synchronized long nanos() {
        return Duration.between(START, now).toNanos();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
