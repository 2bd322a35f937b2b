package org.emrelay.runner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subnets, key pair and security groups of a cluster.
 *
 * @param subnets EMR chooses one of them; empty for those of the default VPC
 * @param keyName EC2 key pair for SSH; null for none
 * @param securityGroups the user's own; null if the runner creates them
 */
public record ClusterNetwork(
        List<String> subnets,
        @Nullable String keyName,
        @Nullable SecurityGroups securityGroups,
        List<String> additionalPrimaryGroups,
        List<String> additionalCoreGroups) {

    /**
     * Existing security groups, used unchanged.
     *
     * @param serviceAccess required in private subnets only
     */
    public record SecurityGroups(
            String primary, String core, @Nullable String serviceAccess) {}

    public ClusterNetwork {
        subnets = List.copyOf(subnets);
        additionalPrimaryGroups = List.copyOf(additionalPrimaryGroups);
        additionalCoreGroups = List.copyOf(additionalCoreGroups);
    }
}
