package org.emrelay.runner.platform;

import java.util.Objects;

/** Checks whether processes are alive, so that locks of dead ones can be taken over. */
public interface ProcessLiveness {

    /**
     * Identifies a process uniquely.
     *
     * @param started the start time in a host-specific format; the operating system reuses process ids
     */
    record Identity(String host, long pid, String started) {
        public Identity {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(started, "started");
        }
    }

    /** Whether a process is alive, as far as this host can determine. */
    enum Liveness {
        ALIVE,
        DEAD,
        /** The process belongs to another host, or to this one before its last reboot. */
        UNKNOWN
    }

    Identity current();

    Liveness livenessOf(Identity process);
}
