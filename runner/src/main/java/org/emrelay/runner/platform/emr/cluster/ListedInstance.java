package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a cluster as ListInstances returns it.
 *
 * @param fleetId the id of its instance fleet; empty if unknown
 * @param reason why it is in this state; empty if unknown
 */
public record ListedInstance(
        String id,
        String fleetId,
        String type,
        boolean spot,
        String state,
        String reason,
        @Nullable Instant created,
        @Nullable Instant ready,
        @Nullable Instant ended) {
    public ListedInstance {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(fleetId, "fleetId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }

    /** A spot request that EC2 has not fulfilled yet costs nothing. */
    public boolean wasProvisioned() {
        return created != null && !state.equals("AWAITING_FULFILLMENT");
    }

    public boolean isTerminated() {
        return state.equals("TERMINATED") || ended != null;
    }
}
