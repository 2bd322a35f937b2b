package org.emrelay.runner.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.Sleeper;

/** A clock, ticker and sleeper whose time only tests and sleeping advance, without waiting. */
public final class TickingClock extends Clock implements Ticker, Sleeper {
    private final List<Runnable> actions = new ArrayList<>();
    private Instant now;
    private long nanos;

    public TickingClock(String start) {
        now = Instant.parse(start);
    }

    /** Passes time, and makes the calls that are due. */
    public void advance(Duration duration) {
        move(duration);
        List.copyOf(actions).forEach(Runnable::run);
    }

    private synchronized void move(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Sets the clock; no time passes. */
    public synchronized void jump(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void sleep(Duration duration) {
        advance(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public Ticks every(Duration interval, Runnable action) {
        actions.add(action);
        return () -> actions.remove(action);
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
