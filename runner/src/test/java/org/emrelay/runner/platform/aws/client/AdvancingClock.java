package org.emrelay.runner.platform.aws.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emrelay.runner.platform.Sleeper;

/** A clock and sleeper whose time advances only by sleeping, without waiting. */
public final class AdvancingClock extends Clock implements Sleeper {
    private final List<Duration> slept = new ArrayList<>();
    private Instant now;

    public AdvancingClock(String start) {
        now = Instant.parse(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        slept.add(duration);
        now = now.plus(duration);
    }

    synchronized List<Duration> slept() {
        return List.copyOf(slept);
    }

    public AwsRetry retry() {
        return new AwsRetry(this, this, new Random(1));
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
