package org.emrelay.runner.platform.aws.client;

import java.time.Duration;

/** Lets time pass: the real one, or the one of a test that does not wait. */
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;

    /** The thread's own sleep. */
    static Sleeper real() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
