package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as DescribeCluster returns it.
 *
 * @param name the name in EMR, which includes the owner suffix
 * @param availabilityZone null until EMR has chosen it
 * @param stepConcurrency how many steps run in parallel; with 1, steps run in submission order
 * @param reason EMR's StateChangeReason; empty if there is none
 */
public record EmrCluster(
        String id,
        String name,
        EmrClusterState state,
        String reason,
        @Nullable Instant created,
        @Nullable Instant ready,
        @Nullable Instant ended,
        boolean terminationProtected,
        String logUri,
        String release,
        String primaryDnsName,
        @Nullable String availabilityZone,
        int stepConcurrency,
        Map<String, String> tags) {
    public EmrCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        tags = Map.copyOf(tags);
    }

    public boolean hasEnded() {
        return state.hasEnded();
    }

    public boolean isUp() {
        return state.isUp();
    }
}
