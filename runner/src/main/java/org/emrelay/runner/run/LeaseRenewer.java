package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;

/** Renews a lease from a thread of its own, for its holder may be busy with one slow call for minutes. */
final class LeaseRenewer implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Lease lease;
    private final LeaseWaiting waiting;
    private final Thread thread;

    private LeaseRenewer(Lease lease, LeaseWaiting waiting) {
        this.lease = lease;
        this.waiting = waiting;
        this.thread = new Thread(this::keep, "lease");
        thread.setDaemon(true);
    }

    static LeaseRenewer start(Lease lease, LeaseWaiting waiting) {
        LeaseRenewer keeper = new LeaseRenewer(lease, waiting);
        keeper.thread.start();
        return keeper;
    }

    private void keep() {
        try {
            do {
                waiting.rest(LOOK_EVERY);
            } while (renewed());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when there is nothing to keep any more: the holder hears of it when it asks for itself. */
    private boolean renewed() {
        try {
            lease.renewIfDue();
        } catch (RunLockedException lost) {
            return false;
        } catch (IOException | RuntimeException passing) {
            // The next round may get through; until then the holder, who asks too, meets the same.
        }
        return true;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
