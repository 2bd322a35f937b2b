package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A machine of a cluster as EMR lists it. */
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

    /** A spot machine that EC2 has not given yet costs nothing. */
    public boolean wasThere() {
        return created != null && !state.equals("AWAITING_FULFILLMENT");
    }

    public boolean isGone() {
        return state.equals("TERMINATED") || ended != null;
    }
}
