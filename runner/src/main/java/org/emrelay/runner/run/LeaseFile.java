package org.emrelay.runner.run;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.VersionedStore.VersionedText;
import org.jspecify.annotations.Nullable;

/** The file that holds a run's lease: {@code runs/<run>/lease.json}. */
final class LeaseFile {
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
                    LeaseRecord.read(stored.get().text()), stored.get().version()));
        } catch (MalformedJsonException exception) {
            throw new CorruptRunException(uri + " is not a valid lease: " + exception.getMessage()
                    + ". Remove it if no other process is working on the run.");
        }
    }

    /** Writes the lease unless another process has written since {@code expected} was read; false when one has. */
    boolean write(LeaseRecord lease, @Nullable VersionedLease expected) throws IOException {
        return expected == null
                ? store.create(path, lease.write())
                : store.replace(path, lease.write(), expected.version());
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
