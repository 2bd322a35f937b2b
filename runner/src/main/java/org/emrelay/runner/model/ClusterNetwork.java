package org.emrelay.runner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster's nodes stand and who reaches them.
 *
 * @param subnets EMR chooses one; empty for the default VPC's
 * @param keyName an EC2 key pair for SSH; null for none
 * @param securityGroups the user's own; null when they are to be made
 */
public record ClusterNetwork(
        List<String> subnets,
        @Nullable String keyName,
        @Nullable SecurityGroups securityGroups,
        List<String> additionalPrimaryGroups,
        List<String> additionalCoreGroups) {

    /**
     * Groups that the user has and that are used as they are.
     *
     * @param serviceAccess needed in a private subnet only
     */
    public record SecurityGroups(
            String primary, String core, @Nullable String serviceAccess) {}

    public ClusterNetwork {
        subnets = List.copyOf(subnets);
        additionalPrimaryGroups = List.copyOf(additionalPrimaryGroups);
        additionalCoreGroups = List.copyOf(additionalCoreGroups);
    }
}
