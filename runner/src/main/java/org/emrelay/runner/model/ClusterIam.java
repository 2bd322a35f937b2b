package org.emrelay.runner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster may do in the account. What is given is used as it is; what is null is made for the cluster and removed with it.
 *
 * @param serviceRole name or ARN of the role that EMR itself takes on
 * @param instanceProfile name or ARN of the profile that the nodes take on; EMR calls it JobFlowRole
 * @param permissionsBoundary the ARN of the policy that bounds the roles that are made
 * @param extraPolicies ARNs of policies that the nodes' role gets besides its own
 * @param sessionManager whether the nodes can be reached by Systems Manager
 * @param securityConfiguration the name of one that exists
 * @param diskEncryptionKey the ARN of a KMS key; null for disks that are not encrypted by it
 */
public record ClusterIam(
        @Nullable String serviceRole,
        @Nullable String instanceProfile,
        @Nullable String permissionsBoundary,
        List<String> extraPolicies,
        boolean sessionManager,
        @Nullable String securityConfiguration,
        @Nullable String diskEncryptionKey) {
    public ClusterIam {
        extraPolicies = List.copyOf(extraPolicies);
    }
}
