package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster.RootVolume;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as DescribeCluster returns it.
 *
 * @param name the name in EMR, which includes the owner suffix
 * @param availabilityZone null until EMR has chosen it
 * @param subnet empty until EMR has chosen it
 * @param stepConcurrency how many steps run in parallel; with 1, steps run in submission order
 * @param rootVolume null for EMR's default
 */
public record EmrCluster(
        String id,
        String name,
        EmrClusterState state,
        StateChangeReason stateChangeReason,
        @Nullable Instant created,
        @Nullable Instant ready,
        @Nullable Instant ended,
        boolean terminationProtected,
        String logUri,
        String release,
        String primaryDnsName,
        @Nullable String availabilityZone,
        String subnet,
        int stepConcurrency,
        @Nullable RootVolume rootVolume,
        Map<String, String> tags) {
    public EmrCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(stateChangeReason, "stateChangeReason");
        Objects.requireNonNull(subnet, "subnet");
        tags = Map.copyOf(tags);
    }

    /** EMR's StateChangeReason as text; empty if there is none. */
    public String reason() {
        return stateChangeReason.text();
    }

    /** Whether EMR refused the service role, and so has launched no instance. */
    public boolean isServiceRoleRefused() {
        return !isUp() && stateChangeReason.isServiceRoleRefused();
    }

    /** What to do about the end of the cluster; empty if its reason needs no explanation. */
    public String remedy() {
        return isServiceRoleRefused()
                ? "A new service role reaches EMR up to a minute after its creation: create the cluster again. If it is refused again, check the policies of the role."
                : "";
    }

    public boolean hasEnded() {
        return state.hasEnded();
    }

    public boolean isUp() {
        return state.isUp();
    }
}
