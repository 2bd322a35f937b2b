package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.VersionedStore.VersionedText;
import org.jspecify.annotations.Nullable;

/** The file that holds a run's lease: {@code runs/<run>/lease.json}. */
final class LeaseFile {
    private static final RecordJson FIELDS = new RecordJson().inline(Identity.class);

    private final VersionedStore store;
    private final RunId run;
    private final String path;
    private final String uri;

    LeaseFile(VersionedStore store, UnaryOperator<String> uri, RunId run) {
        this.store = store;
        this.run = run;
        this.path = "runs/" + run + "/lease.json";
        this.uri = uri.apply(path);
    }

    /**
     * The content of the file: which process works on the run.
     *
     * @param holder a random id per acquisition: a process that acquires the lease twice is two holders
     * @param since when the lease was acquired, by the holder's clock; shown to users, never compared
     * @param released whether the holder has released the lease
     */
    record LeaseRecord(Identity process, String holder, Instant since, Instant renewed, boolean released) {
        LeaseRecord {
            Objects.requireNonNull(process, "process");
            Objects.requireNonNull(holder, "holder");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(renewed, "renewed");
        }

        LeaseRecord renewedAt(Instant now) {
            return new LeaseRecord(process, holder, since, now, false);
        }

        LeaseRecord releasedAt(Instant now) {
            return new LeaseRecord(process, holder, since, now, true);
        }

        String describeHolder() {
            return "process " + process.pid() + " on " + process.host() + " (since " + since + ")";
        }
    }

    /** A lease as read, with the version that a replacement must match. */
    record VersionedLease(LeaseRecord lease, String version) {
        VersionedLease {
            Objects.requireNonNull(lease, "lease");
            Objects.requireNonNull(version, "version");
        }
    }

    Optional<VersionedLease> read() throws IOException {
        Optional<VersionedText> stored = store.read(path);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VersionedLease(
                    JsonFields.read(stored.get().text(), fields -> FIELDS.read(LeaseRecord.class, fields)),
                    stored.get().version()));
        } catch (MalformedJsonException exception) {
            throw new CorruptRunException(uri + " is not a valid lease: " + exception.getMessage()
                    + ". Remove it if no other process is working on the run.");
        }
    }

    /** Writes the lease unless another process has written since {@code expected} was read; false when one has. */
    boolean write(LeaseRecord lease, @Nullable VersionedLease expected) throws IOException {
        String text = JsonWriter.pretty(FIELDS.write(lease));
        return expected == null ? store.create(path, text) : store.replace(path, text, expected.version());
    }

    RunLockedException lockedBy(LeaseRecord other) {
        return new RunLockedException("Run " + run + " is locked by " + other.describeHolder()
                + ". Wait until that process ends, or stop it; list_steps shows the progress of the run.");
    }

    RunLockedException lost(@Nullable LeaseRecord newHolder) {
        return new RunLockedException("Lost the lock on run " + run + ", which this process did not renew in time: "
                + (newHolder == null ? uri + " was removed" : newHolder.describeHolder() + " has taken it over")
                + ". This process does nothing more; list_steps shows the progress of the run.");
    }
}
