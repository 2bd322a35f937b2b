package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.ProcessLiveness.Liveness;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.run.LeaseFile.LeaseRecord;
import org.emrelay.runner.run.LeaseFile.VersionedLease;
import org.jspecify.annotations.Nullable;

/** Grants each run to one runner at a time, across hosts. */
public final class Leases {
    /** A lease unchanged for this long has expired: its holder renews it three times as often. */
    static final Duration EXPIRY = Duration.ofSeconds(60);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    private final VersionedStore store;
    private final UnaryOperator<String> uri;
    private final ProcessLiveness processes;
    private final Clock clock;
    private final RandomGenerator random;
    private final LeaseWaiter waiter;

    /**
     * @param uri maps a path in the store to its URI, for messages
     */
    public Leases(
            VersionedStore store,
            UnaryOperator<String> uri,
            ProcessLiveness processes,
            Clock clock,
            RandomGenerator random,
            LeaseWaiter waiter) {
        this.store = Objects.requireNonNull(store, "store");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.processes = Objects.requireNonNull(processes, "processes");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.waiter = Objects.requireNonNull(waiter, "waiter");
    }

    /**
     * Acquires the lease on a run. This is immediate when the lease is free, or its holder ran on this host and is
     * gone. For a holder on another host it waits until the lease expires.
     *
     * @throws RunLockedException when the holder is alive
     */
    Lease acquire(RunId run) throws IOException, InterruptedException {
        LeaseFile file = new LeaseFile(store, uri, run);
        while (true) {
            VersionedLease previous = awaitAvailable(file);
            Instant now = clock.instant();
            String holder = String.format(Locale.ROOT, "%016x", random.nextLong());
            LeaseRecord lease = new LeaseRecord(processes.current(), holder, now, now, false);
            if (file.write(lease, previous)) {
                return new Lease(file, lease, clock);
            }
        }
    }

    /** Acquires the lease on a run and renews it until the result is closed. */
    public LeasedRun lockRun(RunId run, SharedJournals journals) throws IOException, InterruptedException {
        return LeasedRun.start(acquire(run), waiter, journals);
    }

    /** Waits until the lease is free. Returns the lease to replace, or null when there is none. */
    private @Nullable VersionedLease awaitAvailable(LeaseFile file) throws IOException, InterruptedException {
        VersionedLease first = file.read().orElse(null);
        // Counts the time slept: a local clock can be set at any moment, and the holder's clock cannot be trusted at
        // all.
        Duration remaining = EXPIRY;
        for (VersionedLease current = first; ; current = file.read().orElse(null)) {
            if (current == null || current.lease().released()) {
                return current;
            }
            Liveness liveness = processes.livenessOf(current.lease().process());
            boolean renewed = first == null || !current.version().equals(first.version());
            if (liveness == Liveness.ALIVE || (renewed && liveness == Liveness.UNKNOWN)) {
                throw file.lockedBy(current.lease());
            } else if (liveness == Liveness.DEAD || remaining.isZero()) {
                return current;
            }
            waiter.waitingFor(current.lease().describeHolder(), remaining);
            waiter.sleep(POLL_INTERVAL);
            remaining = remaining.minus(POLL_INTERVAL);
        }
    }
}
