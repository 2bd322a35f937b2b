package org.emrelay.runner.platform.emr.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Purpose;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.BucketSpec;

/**
 * The specifications of a cluster's AWS resources. Resources that the cluster file provides are not created and are
 * empty here.
 */
public final class ClusterResources {
    private final Cluster cluster;
    private final DefaultKeys defaultKeys;
    private final ResourceNames names;
    private final Map<String, String> tags;

    /** @param name the cluster name from the command line */
    public ClusterResources(Cluster cluster, String name, AwsScope scope, DefaultKeys defaultKeys) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.defaultKeys = Objects.requireNonNull(defaultKeys, "defaultKeys");
        this.names = new ResourceNames(scope, name);
        Map<String, String> allTags = new LinkedHashMap<>(names.ownerTags().tags());
        cluster.tags().forEach(allTags::putIfAbsent);
        this.tags = Collections.unmodifiableMap(allTags);
    }

    public Cluster cluster() {
        return cluster;
    }

    public ResourceNames names() {
        return names;
    }

    /** The owner tags and the user's tags, which each resource gets in its create call. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The EMR service role; empty when the cluster file provides one. */
    public Optional<RoleSpec> serviceRole(VpcSubnets subnets) {
        Cluster.Iam iam = cluster.iam();
        if (iam.serviceRole() != null) {
            return Optional.empty();
        }
        AwsScope scope = names.scope();
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("StringEquals", Map.of("aws:SourceAccount", scope.account()));
        condition.put("ArnLike", Map.of("aws:SourceArn", scope.arn("elasticmapreduce", "*")));
        return Optional.of(new RoleSpec(
                names.serviceRole(),
                PolicyDocument.trust(scope.principal("elasticmapreduce"), condition),
                new ServiceRolePolicy(
                                cluster,
                                scope,
                                names.ownerTags(),
                                subnets,
                                nodeRoleArn(),
                                defaultKeys.volumeKey(cluster))
                        .document(),
                List.of(),
                iam.permissionsBoundary(),
                tags));
    }

    String serviceRoleArn() {
        String role = Objects.requireNonNullElse(cluster.iam().serviceRole(), names.serviceRole());
        return role.startsWith("arn:") ? role : names.scope().globalArn("iam", "role/" + role);
    }

    /** A provided instance profile contains a role of the same name, as EMR requires. */
    String nodeRoleArn() {
        String profile = cluster.iam().instanceProfile();
        if (profile != null && profile.startsWith("arn:")) {
            return profile.replace(":instance-profile/", ":role/");
        }
        return names.scope().globalArn("iam", "role/" + (profile == null ? names.nodeRole() : profile));
    }

    /** The node role, with the same name as its instance profile; empty when the cluster file provides a profile. */
    public Optional<RoleSpec> nodeRole() {
        Cluster.Iam iam = cluster.iam();
        if (iam.instanceProfile() != null) {
            return Optional.empty();
        }
        AwsScope scope = names.scope();
        List<String> managedPolicies = new ArrayList<>(iam.extraPolicies());
        if (iam.sessionManager()) {
            managedPolicies.add("arn:" + scope.partition() + ":iam::aws:policy/AmazonSSMManagedInstanceCore");
        }
        return Optional.of(new RoleSpec(
                names.nodeRole(),
                PolicyDocument.trust(scope.principal("ec2"), Map.of()),
                new NodeRolePolicy(cluster, scope, bucketName(), defaultKeys).document(),
                managedPolicies,
                iam.permissionsBoundary(),
                tags));
    }

    /** The security groups to create; none when the cluster file provides them. */
    public List<SecurityGroupSpec> securityGroups(boolean privateSubnets) {
        if (cluster.network().securityGroups() != null) {
            return List.of();
        }
        List<SecurityGroupSpec> groups = new ArrayList<>();
        groups.add(SecurityGroupSpec.of(Purpose.PRIMARY, names.primaryGroup(), names.cluster(), tags));
        groups.add(SecurityGroupSpec.of(Purpose.CORE, names.coreGroup(), names.cluster(), tags));
        if (privateSubnets) {
            groups.add(SecurityGroupSpec.of(Purpose.SERVICE_ACCESS, names.serviceAccessGroup(), names.cluster(), tags));
        }
        return groups;
    }

    /** The bucket to create; empty when the cluster file provides one. */
    public Optional<BucketSpec> bucket() {
        return cluster.storage().bucket() == null
                ? Optional.of(BucketSpec.of(names.scope(), names.bucket(), tags))
                : Optional.empty();
    }

    public String bucketName() {
        return Objects.requireNonNullElse(cluster.storage().bucket(), names.bucket());
    }

    /** The key prefix of the workspace: empty, or with a trailing slash. */
    public String keyPrefix() {
        String prefix = cluster.storage().prefix();
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    /** The security configuration to create; empty when the cluster file provides one. */
    public Optional<SecurityConfigurationSpec> securityConfiguration() {
        Cluster.Iam iam = cluster.iam();
        return iam.securityConfiguration() == null
                ? Optional.of(SecurityConfigurationSpec.of(names.securityConfiguration(), iam.diskEncryptionKey()))
                : Optional.empty();
    }

    /**
     * The RunJobFlow request as EMR's JSON.
     *
     * @param creation the creation ID, new for each request
     * @param scripts the URIs of the bootstrap scripts, in the order of the cluster file
     */
    public Map<String, Object> runJobFlow(
            VpcSubnets subnets, Cluster.SecurityGroups groups, String creation, List<String> scripts) {
        return new RunJobFlowJson(this, subnets, groups, creation, scripts).document();
    }
}
