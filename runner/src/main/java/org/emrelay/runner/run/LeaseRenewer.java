package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;

/** Renews a lease in a background thread. A single slow call can block the holder for minutes. */
final class LeaseRenewer implements AutoCloseable {
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final Lease lease;
    private final LeaseWaiter waiter;
    private final Thread thread;

    private LeaseRenewer(Lease lease, LeaseWaiter waiter) {
        this.lease = lease;
        this.waiter = waiter;
        this.thread = new Thread(this::renewUntilLost, "lease");
        thread.setDaemon(true);
    }

    static LeaseRenewer start(Lease lease, LeaseWaiter waiter) {
        LeaseRenewer renewer = new LeaseRenewer(lease, waiter);
        renewer.thread.start();
        return renewer;
    }

    private void renewUntilLost() {
        try {
            do {
                waiter.sleepUntilRenewal(CHECK_INTERVAL);
            } while (renew());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when the lease is lost. The holder gets the exception from its own next call. */
    private boolean renew() {
        try {
            lease.renewIfDue();
        } catch (RunLockedException lost) {
            return false;
        } catch (IOException | RuntimeException transientFailure) {
            // The next attempt may succeed. If it does not, the holder gets the same exception from its own call.
        }
        return true;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
