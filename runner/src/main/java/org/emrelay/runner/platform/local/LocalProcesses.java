package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.platform.ProcessLiveness;

/** Checks the liveness of processes on this host. */
public final class LocalProcesses implements ProcessLiveness {

    @Override
    public Identity current() {
        ProcessIdentity process = ProcessIdentity.current();
        return new Identity(localHost(), process.pid(), process.started());
    }

    /** Two hosts can have the same name, so a process of another boot may belong to another host. */
    @Override
    public Liveness livenessOf(Identity process) {
        ProcessIdentity identity = new ProcessIdentity(process.pid(), process.started());
        if (!process.host().equals(localHost()) || !identity.isFromThisBoot()) {
            return Liveness.UNKNOWN;
        }
        return identity.find().isPresent() ? Liveness.ALIVE : Liveness.DEAD;
    }

    static String localHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }
}
