package org.emrelay.runner.run;

import java.util.Objects;

/** A run that this runner alone may go on with until it is closed: whoever executes it, or takes steps out of it, goes by these journals. */
public final class HeldRun implements AutoCloseable {
    private final Lease lease;
    private final LeaseKeeper keeper;
    private final Journals journals;

    HeldRun(Lease lease, LeaseKeeper keeper, Journals journals) {
        this.lease = Objects.requireNonNull(lease, "lease");
        this.keeper = Objects.requireNonNull(keeper, "keeper");
        this.journals = Objects.requireNonNull(journals, "journals");
    }

    /** They throw {@link RunHeldException} once somebody else has taken the run over. */
    public Journals journals() {
        return journals;
    }

    @Override
    public void close() {
        keeper.close();
        lease.close();
    }
}
