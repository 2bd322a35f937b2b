package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.run.LeaseFile.LeaseRecord;
import org.emrelay.runner.run.LeaseFile.VersionedLease;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to continue a run, for as long as it is renewed. The holder calls {@link #renewIfDue} before
 * every action with a side effect: another runner may have taken over while the holder's host was suspended.
 */
final class Lease implements AutoCloseable {
    static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(15);

    private final LeaseFile file;
    private final Clock clock;
    private LeaseRecord record;
    private @Nullable RunLockedException lossReason;

    Lease(LeaseFile file, LeaseRecord record, Clock clock) {
        this.file = file;
        this.record = record;
        this.clock = clock;
    }

    /**
     * Renews the lease if 15 seconds have passed since the last renewal; costs nothing otherwise. Thread-safe.
     *
     * @throws RunLockedException when the lease is lost, and on every later call
     */
    synchronized void renewIfDue() throws IOException {
        if (lossReason != null) {
            throw lossReason;
        }
        Instant now = clock.instant();
        Duration age = Duration.between(record.renewed(), now);
        if (age.isNegative() || age.compareTo(RENEWAL_INTERVAL) >= 0) {
            write(record.renewedAt(now));
        }
    }

    private void write(LeaseRecord next) throws IOException {
        VersionedLease current = file.read().orElse(null);
        boolean held = current != null && current.lease().holder().equals(record.holder());
        if (!held || !file.write(next, current)) {
            LeaseRecord other = held
                    ? file.read().map(VersionedLease::lease).orElse(null)
                    : current == null ? null : current.lease();
            lossReason = file.lost(other);
            throw lossReason;
        }
        record = next;
    }

    /**
     * Releases the lease. If that fails, the next runner detects that this process is gone, or waits for the lease
     * to expire.
     */
    @Override
    public synchronized void close() {
        if (lossReason == null && !record.released()) {
            try {
                write(record.releasedAt(clock.instant()));
            } catch (IOException | RuntimeException failure) {
                // A failed release must not hide the result of the run.
            }
        }
    }
}
