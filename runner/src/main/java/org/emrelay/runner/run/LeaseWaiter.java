package org.emrelay.runner.run;

import java.time.Duration;

/** Sleeps while a lease is held by another process, and reports the wait. */
public interface LeaseWaiter {
    void sleep(Duration duration) throws InterruptedException;

    /** Sleeps between two renewals, in the renewal thread. */
    default void sleepUntilRenewal(Duration duration) throws InterruptedException {
        sleep(duration);
    }

    /**
     * Reports the wait, every few seconds.
     *
     * @param holder the process that last held the lease, such as {@code process 12 on laptop (since …)}
     * @param remaining the time until the lease is taken over unless it is renewed
     */
    void waitingFor(String holder, Duration remaining);
}
