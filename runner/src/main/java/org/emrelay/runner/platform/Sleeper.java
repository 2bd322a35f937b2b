package org.emrelay.runner.platform;

import java.time.Duration;

/** Sleeps, in tests without really waiting. */
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;

    /** Uses {@link Thread#sleep(long)}. */
    static Sleeper system() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
