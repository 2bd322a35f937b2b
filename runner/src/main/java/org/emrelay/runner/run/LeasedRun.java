package org.emrelay.runner.run;

import java.util.Objects;

/** A run that this process alone may execute or change, through {@link #journals()}, until closed. */
public final class LeasedRun implements AutoCloseable {
    private final Lease lease;
    private final LeaseRenewer renewer;
    private final Journals journals;

    LeasedRun(Lease lease, LeaseRenewer renewer, Journals journals) {
        this.lease = Objects.requireNonNull(lease, "lease");
        this.renewer = Objects.requireNonNull(renewer, "renewer");
        this.journals = Objects.requireNonNull(journals, "journals");
    }

    /** Journals that throw {@link RunLockedException} once another process has taken over the run. */
    public Journals journals() {
        return journals;
    }

    @Override
    public void close() {
        renewer.close();
        lease.close();
    }
}
