package org.emrelay.runner.stream.source;

import java.time.Duration;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.stream.Ticker;
import org.jspecify.annotations.Nullable;

/** Delays posts to limit their rate. */
final class Pacer {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Shorter sleeps cost more than their precision is worth. */
    private static final long MIN_SLEEP = Duration.ofMillis(1).toNanos();

    /** If the reader was delayed for longer, the missed posts are not caught up on. */
    private static final double MAX_DELAY = NANOS_PER_SECOND;

    private final double interval;
    private final Ticker ticker;
    private final Sleeper sleeper;
    private double next;
    private boolean started;

    /**
     * Creates a pacer.
     *
     * @param rate posts per second; null for full speed
     */
    Pacer(@Nullable Double rate, Ticker ticker, Sleeper sleeper) {
        this.interval = rate == null ? 0 : NANOS_PER_SECOND / rate;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /** Waits until a post is due; false if that takes longer. Each {@code true} allows one post. */
    boolean await(Duration wait) throws InterruptedException {
        if (interval == 0) {
            return true;
        }
        long now = ticker.nanoTime();
        if (!started) {
            started = true;
            next = now;
        }
        long delay = (long) Math.ceil(next - now);
        if (delay > wait.toNanos()) {
            sleeper.sleep(wait);
            return false;
        } else if (delay > 0) {
            sleeper.sleep(Duration.ofNanos(Math.max(delay, MIN_SLEEP)));
        }
        next = Math.max(next, now - MAX_DELAY) + interval;
        return true;
    }
}
