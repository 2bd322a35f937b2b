package org.emrelay.runner.platform.local;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.ClusterId;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a cluster on this machine: a name under which steps are added and executed.
 *
 * @param ended null while it is up
 * @param forOneRun whether it was made by a command that runs a pipeline and ends the cluster itself
 */
public record LocalCluster(
        ClusterId id,
        String name,
        State state,
        Instant created,
        @Nullable Instant ended,
        boolean forOneRun) {

    /** EMR's words for the same, for who reads lists of both. */
    public enum State {
        WAITING,
        TERMINATED
    }

    public LocalCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(created, "created");
    }

    public boolean isUp() {
        return state == State.WAITING;
    }

    LocalCluster endedAt(Instant now) {
        return isUp() ? new LocalCluster(id, name, State.TERMINATED, created, now, forOneRun) : this;
    }
}
