package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A run that this process alone may execute or change, through {@link #journals()}, until closed. A thread renews the lease, because
 * a single slow call can block the holder for minutes.
 */
public final class LeasedRun implements AutoCloseable {
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final Lease lease;
    private final LeaseWaiter waiter;
    private final Journals journals;
    private final Thread renewer = new Thread(this::renewUntilLost, "lease");

    private LeasedRun(Lease lease, LeaseWaiter waiter, SharedJournals journals) {
        this.lease = lease;
        this.waiter = waiter;
        this.journals = journals.guardedBy(lease);
    }

    static LeasedRun start(Lease lease, LeaseWaiter waiter, SharedJournals journals) {
        LeasedRun run = new LeasedRun(lease, waiter, journals);
        run.renewer.setDaemon(true);
        run.renewer.start();
        return run;
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

    /** Journals that throw {@link RunLockedException} once another process has taken over the run. */
    public Journals journals() {
        return journals;
    }

    /** Journals facts that were found after the run's execution, such as the cause of a failure. */
    public void record(Run run, List<Event> facts) throws IOException {
        try (Journal journal = journals.open(run.id())) {
            new RunLog(run, journal, journals.location(run.id()), RunListener.NONE).add(facts);
        }
    }

    @Override
    public void close() {
        renewer.interrupt();
        lease.close();
    }
}
