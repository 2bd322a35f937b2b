package org.emrelay.runner.platform.local;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.ClusterId;
import org.jspecify.annotations.Nullable;

/**
 * A local cluster: a name under which steps are added and executed, without resources of its own.
 *
 * @param ended null while it is active
 * @param forOneRun whether the {@code run} action created it, which also terminates it
 */
public record LocalCluster(
        ClusterId id,
        String name,
        State state,
        Instant created,
        @Nullable Instant ended,
        boolean forOneRun) {

    /** Named as on EMR, so that lists of both kinds of clusters read alike. */
    public enum State {
        WAITING,
        /** A process executes a run on it. Not recorded: the process can be killed. */
        RUNNING,
        TERMINATED
    }

    public LocalCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(created, "created");
    }

    public boolean isActive() {
        return state != State.TERMINATED;
    }

    /** The same cluster while a process executes a run on it. */
    public LocalCluster running() {
        return isActive() ? new LocalCluster(id, name, State.RUNNING, created, null, forOneRun) : this;
    }

    LocalCluster endedAt(Instant now) {
        return isActive() ? new LocalCluster(id, name, State.TERMINATED, created, now, forOneRun) : this;
    }
}
