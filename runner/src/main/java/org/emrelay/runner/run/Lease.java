package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.run.LeaseFile.Seen;
import org.jspecify.annotations.Nullable;

/**
 * The right to go on with a run, for as long as it is renewed. Its holder asks {@link #renewIfDue} before it does anything that another runner might
 * do too: after a machine has slept, somebody else may have taken over.
 */
final class Lease implements AutoCloseable {
    static final Duration RENEWED_EVERY = Duration.ofSeconds(15);

    private final LeaseFile file;
    private final Clock clock;
    private LeaseRecord ours;
    private @Nullable RunLockedException lost;

    Lease(LeaseFile file, LeaseRecord ours, Clock clock) {
        this.file = file;
        this.ours = ours;
        this.clock = clock;
    }

    /**
     * Makes sure of it: costs nothing but every 15 seconds. Any thread may ask.
     *
     * @throws RunLockedException when it is lost, now and ever after
     */
    synchronized void renewIfDue() throws IOException {
        if (lost != null) {
            throw lost;
        }
        Instant now = clock.instant();
        Duration unrenewed = Duration.between(ours.renewed(), now);
        if (unrenewed.isNegative() || unrenewed.compareTo(RENEWED_EVERY) >= 0) {
            write(ours.renewedAt(now));
        }
    }

    private void write(LeaseRecord next) throws IOException {
        Seen seen = file.read().orElse(null);
        boolean held = seen != null && seen.lease().holder().equals(ours.holder());
        if (!held || !file.write(next, seen)) {
            LeaseRecord other = held ? file.read().map(Seen::lease).orElse(null) : seen == null ? null : seen.lease();
            lost = file.lost(other);
            throw lost;
        }
        ours = next;
    }

    /** The journals of this run as the holder writes them: nothing is written once the lease is lost. */
    Journals guard(Journals journals) {
        return new LeasedJournals(journals, this);
    }

    /** Lets others have it at once. Where that fails, the next one sees that this process is gone, or waits. */
    @Override
    public synchronized void close() {
        if (lost == null && !ours.released()) {
            try {
                write(ours.releasedAt(clock.instant()));
            } catch (IOException | RuntimeException failure) {
                // What the run came to is what counts now.
            }
        }
    }
}
