package org.emrelay.runner.run;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.VersionedStore.Stored;
import org.jspecify.annotations.Nullable;

/** The text that says who is at work on a run: {@code runs/<run>/lease.json}. */
final class LeaseFile {
    private final VersionedStore store;
    private final RunId run;
    private final String path;
    private final String place;

    LeaseFile(VersionedStore store, UnaryOperator<String> uri, RunId run) {
        this.store = store;
        this.run = run;
        this.path = "runs/" + run + "/lease.json";
        this.place = uri.apply(path);
    }

    /** What it said when it was read. */
    record Seen(LeaseRecord lease, String version) {
        Seen {
            Objects.requireNonNull(lease, "lease");
            Objects.requireNonNull(version, "version");
        }
    }

    Optional<Seen> read() throws IOException {
        Optional<Stored> stored = store.read(path);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Seen(LeaseRecord.read(stored.get().text()), stored.get().version()));
        } catch (MalformedJsonException exception) {
            throw new CorruptRunException(place + " does not say who is at work on the run: " + exception.getMessage()
                    + ". Remove it if nobody is.");
        }
    }

    /** Writes what nobody has written since it was seen; false when somebody has. */
    boolean write(LeaseRecord lease, @Nullable Seen seen) throws IOException {
        return seen == null ? store.create(path, lease.write()) : store.replace(path, lease.write(), seen.version());
    }

    RunLockedException heldBy(LeaseRecord other) {
        return new RunLockedException("The run " + run + " is in the hands of " + other.who()
                + ". Wait until that has ended, or stop it; list_steps shows how far it is.");
    }

    RunLockedException lost(@Nullable LeaseRecord to) {
        return new RunLockedException("The run " + run + " is in other hands now: "
                + (to == null ? place + " was removed" : to.who() + " has taken it over")
                + ", for this process had not been heard of for a while. Nothing more is done from here; list_steps shows how"
                + " far the run is.");
    }
}
