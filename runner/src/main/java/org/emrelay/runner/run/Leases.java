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
import org.emrelay.runner.platform.ProcessLiveness.Life;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.run.LeaseFile.Seen;
import org.jspecify.annotations.Nullable;

/** Gives each run to one runner at a time, whichever machines they are on. */
public final class Leases {
    /** Whoever holds a lease renews it three times as often, so one that stays unchanged so long is nobody's. */
    private static final Duration UNRENEWED_AT_MOST = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final VersionedStore store;
    private final UnaryOperator<String> uri;
    private final ProcessLiveness processes;
    private final Clock clock;
    private final RandomGenerator random;
    private final LeaseWaiting waiting;

    /**
     * Looks into this store.
     *
     * @param uri of a path in the store, for messages
     */
    public Leases(
            VersionedStore store,
            UnaryOperator<String> uri,
            ProcessLiveness processes,
            Clock clock,
            RandomGenerator random,
            LeaseWaiting waiting) {
        this.store = Objects.requireNonNull(store, "store");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.processes = Objects.requireNonNull(processes, "processes");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.waiting = Objects.requireNonNull(waiting, "waiting");
    }

    /**
     * Takes a run: at once where nobody has it or its holder on this machine is gone, after a wait where a holder elsewhere gives no sign of life.
     *
     * @throws RunLockedException when somebody is at work on it
     */
    Lease acquire(RunId run) throws IOException, InterruptedException {
        LeaseFile file = new LeaseFile(store, uri, run);
        while (true) {
            Seen seen = awaitFree(file);
            Instant now = clock.instant();
            String holder = String.format(Locale.ROOT, "%016x", random.nextLong());
            LeaseRecord ours = new LeaseRecord(processes.current(), holder, now, now, false);
            if (file.write(ours, seen)) {
                return new Lease(file, ours, clock);
            }
        }
    }

    /** Takes a run as {@link #acquire} does, and keeps it for as long as somebody is at work on it. */
    public LeasedRun hold(RunId run, Journals journals) throws IOException, InterruptedException {
        Lease lease = acquire(run);
        return new LeasedRun(lease, LeaseRenewer.start(lease, waiting), lease.guard(journals));
    }

    /** What is to be written over; null when there is nothing. */
    private @Nullable Seen awaitFree(LeaseFile file) throws IOException, InterruptedException {
        Seen first = file.read().orElse(null);
        // Counted in what was slept: a clock can be set meanwhile, and the holder's is not to be relied on at all.
        Duration left = UNRENEWED_AT_MOST;
        for (Seen seen = first; ; seen = file.read().orElse(null)) {
            if (seen == null || seen.lease().released()) {
                return seen;
            }
            Life life = processes.lifeOf(seen.lease().process());
            boolean renewed = first == null || !seen.version().equals(first.version());
            if (life == Life.LIVES || (renewed && life == Life.ELSEWHERE)) {
                throw file.heldBy(seen.lease());
            } else if (life == Life.GONE || left.isZero()) {
                return seen;
            }
            waiting.waitingFor(seen.lease().who(), left);
            waiting.sleep(LOOK_EVERY);
            left = left.minus(LOOK_EVERY);
        }
    }
}
