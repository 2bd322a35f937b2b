package org.emrelay.runner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The IAM resources and encryption settings of a cluster.
 * Resources named here are used as they are. For null, the runner creates them and deletes them with the cluster.
 *
 * @param serviceRole name or ARN of the EMR service role
 * @param instanceProfile name or ARN of the nodes' instance profile; EMR calls it JobFlowRole
 * @param permissionsBoundary ARN of the policy that limits the created roles
 * @param extraPolicies ARNs of additional policies for the nodes' role
 * @param sessionManager whether Session Manager can connect to the nodes
 * @param securityConfiguration name of an existing EMR security configuration
 * @param diskEncryptionKey ARN of the KMS key for EBS volumes; null for no encryption with a KMS key
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
