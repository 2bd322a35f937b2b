package org.emrelay.runner.platform.local;

import org.emrelay.runner.platform.ProcessLiveness;

/** The processes of this machine. */
public final class LocalProcesses implements ProcessLiveness {

    @Override
    public Identity current() {
        ProcessIdentity process = ProcessIdentity.current();
        return new Identity(LockHolder.thisHost(), process.pid(), process.started());
    }

    /** Two machines can have one name: a process of another boot may be of another machine. */
    @Override
    public Life lifeOf(Identity process) {
        ProcessIdentity identity = new ProcessIdentity(process.pid(), process.started());
        if (!process.host().equals(LockHolder.thisHost()) || !identity.isOfThisBoot()) {
            return Life.ELSEWHERE;
        }
        return identity.find().isPresent() ? Life.LIVES : Life.GONE;
    }
}
