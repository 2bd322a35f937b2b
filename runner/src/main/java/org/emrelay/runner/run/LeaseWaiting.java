package org.emrelay.runner.run;

import java.time.Duration;

/** How somebody waits who wants a lease: lets the time pass, and hears for what. */
public interface LeaseWaiting {
    void sleep(Duration duration) throws InterruptedException;

    /** Lets the time pass between two renewals, in the thread that does nothing else. */
    default void rest(Duration duration) throws InterruptedException {
        sleep(duration);
    }

    /**
     * Tells, every few seconds, why it takes so long.
     *
     * @param who had it last, such as {@code process 12 on laptop (since …)}
     * @param left after which it is taken over unless it is renewed
     */
    void waitingFor(String who, Duration left);
}
