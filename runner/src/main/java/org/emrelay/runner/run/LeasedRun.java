package org.emrelay.runner.run;

import java.util.Objects;

/** A run that this runner alone may go on with until it is closed: whoever executes it, or takes steps out of it, goes by these journals. */
public final class LeasedRun implements AutoCloseable {
    private final Lease lease;
    private final LeaseRenewer keeper;
    private final Journals journals;

    LeasedRun(Lease lease, LeaseRenewer keeper, Journals journals) {
        this.lease = Objects.requireNonNull(lease, "lease");
        this.keeper = Objects.requireNonNull(keeper, "keeper");
        this.journals = Objects.requireNonNull(journals, "journals");
    }

    /** They throw {@link RunLockedException} once somebody else has taken the run over. */
    public Journals journals() {
        return journals;
    }

    @Override
    public void close() {
        keeper.close();
        lease.close();
    }
}
