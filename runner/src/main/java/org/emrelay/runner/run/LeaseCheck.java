package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.ProcessLiveness.Liveness;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.run.LeaseFile.LeaseRecord;
import org.emrelay.runner.run.LeaseFile.VersionedLease;

/**
 * Tells for people whether a runner executes a run. It does not wait, and so trusts the clocks of other hosts.
 *
 * @param uri maps a path in the store to its URI, for messages
 */
public record LeaseCheck(VersionedStore store, UnaryOperator<String> uri, ProcessLiveness processes, Clock clock) {
    public LeaseCheck {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(processes, "processes");
        Objects.requireNonNull(clock, "clock");
    }

    public boolean isHeld(RunId run) throws IOException {
        LeaseRecord lease =
                new LeaseFile(store, uri, run).read().map(VersionedLease::lease).orElse(null);
        if (lease == null || lease.released()) {
            return false;
        }
        Liveness liveness = processes.livenessOf(lease.process());
        return liveness == Liveness.ALIVE
                || (liveness == Liveness.UNKNOWN
                        && Duration.between(lease.renewed(), clock.instant()).compareTo(Leases.EXPIRY) < 0);
    }
}
