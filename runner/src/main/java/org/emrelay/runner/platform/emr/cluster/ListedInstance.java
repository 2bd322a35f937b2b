package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An instance of a cluster as ListInstances returns it. */
public record ListedInstance(
        String type,
        boolean spot,
        String state,
        @Nullable Instant created,
        @Nullable Instant ended) {
    public ListedInstance {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(state, "state");
    }

    /** A spot request that EC2 has not fulfilled yet costs nothing. */
    public boolean wasProvisioned() {
        return created != null && !state.equals("AWAITING_FULFILLMENT");
    }

    public boolean isTerminated() {
        return state.equals("TERMINATED") || ended != null;
    }
}
