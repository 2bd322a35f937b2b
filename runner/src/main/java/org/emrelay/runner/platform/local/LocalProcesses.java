package org.emrelay.runner.platform.local;

import org.emrelay.runner.platform.ProcessLiveness;

/** Checks the liveness of processes on this host. */
public final class LocalProcesses implements ProcessLiveness {

    @Override
    public Identity current() {
        ProcessIdentity process = ProcessIdentity.current();
        return new Identity(LockHolder.localHost(), process.pid(), process.started());
    }

    /** Two hosts can have the same name, so a process of another boot may belong to another host. */
    @Override
    public Liveness livenessOf(Identity process) {
        ProcessIdentity identity = new ProcessIdentity(process.pid(), process.started());
        if (!process.host().equals(LockHolder.localHost()) || !identity.isFromThisBoot()) {
            return Liveness.UNKNOWN;
        }
        return identity.find().isPresent() ? Liveness.ALIVE : Liveness.DEAD;
    }
}
