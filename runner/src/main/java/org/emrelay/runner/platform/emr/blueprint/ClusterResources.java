package org.emrelay.runner.platform.emr.blueprint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterIam;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupIds;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Part;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.BucketSpec;

/** Everything that is to be made for a cluster, with its final name, tags and documents, before any of it exists. What the file gives is not in it. */
public final class ClusterResources {
    private final Cluster cluster;
    private final ResourceNames names;
    private final OwnerTags ownership;
    private final Map<String, String> tags;

    /** @param name the cluster's name, as the command line gives it */
    public ClusterResources(Cluster cluster, String name, AwsScope site) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.names = new ResourceNames(site, name);
        this.ownership = new OwnerTags(site.workspace(), name);
        Map<String, String> all = new LinkedHashMap<>(ownership.tags());
        cluster.tags().forEach(all::putIfAbsent);
        this.tags = Collections.unmodifiableMap(all);
    }

    public Cluster cluster() {
        return cluster;
    }

    public ResourceNames names() {
        return names;
    }

    public OwnerTags ownership() {
        return ownership;
    }

    /** Ours and the user's: each thing that is made gets them in the call that makes it. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The role that EMR itself takes on; empty when the file gives one. */
    public Optional<RoleSpec> serviceRole(VpcSubnets network) {
        ClusterIam access = cluster.access();
        if (access.serviceRole() != null) {
            return Optional.empty();
        }
        AwsScope site = names.site();
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("StringEquals", Map.of("aws:SourceAccount", site.account()));
        condition.put("ArnLike", Map.of("aws:SourceArn", site.arn("elasticmapreduce", "*")));
        return Optional.of(new RoleSpec(
                names.serviceRole(),
                PolicyDocument.trust("elasticmapreduce.amazonaws.com", condition),
                new ServiceRolePolicy(cluster, site, ownership, network, nodeRoleArn()).document(),
                List.of(),
                access.permissionsBoundary(),
                tags));
    }

    /** A profile that is given holds a role of its own name: EMR asks for that too. */
    private String nodeRoleArn() {
        String given = cluster.access().instanceProfile();
        if (given != null && given.startsWith("arn:")) {
            return given.replace(":instance-profile/", ":role/");
        }
        return names.site().globalArn("iam", "role/" + (given == null ? names.nodeRole() : given));
    }

    /** The role of the nodes, whose instance profile is called alike; empty when the file gives a profile. */
    public Optional<RoleSpec> nodeRole() {
        ClusterIam access = cluster.access();
        if (access.instanceProfile() != null) {
            return Optional.empty();
        }
        AwsScope site = names.site();
        String ec2 = site.partition().equals("aws-cn") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
        List<String> attached = new ArrayList<>(access.extraPolicies());
        if (access.sessionManager()) {
            attached.add("arn:" + site.partition() + ":iam::aws:policy/AmazonSSMManagedInstanceCore");
        }
        return Optional.of(new RoleSpec(
                names.nodeRole(),
                PolicyDocument.trust(ec2, Map.of()),
                new NodeRolePolicy(cluster, site, bucketName()).document(),
                attached,
                access.permissionsBoundary(),
                tags));
    }

    /** The groups that are made; none when the file gives them. */
    public List<SecurityGroupSpec> groups(boolean privateSubnets) {
        if (cluster.network().securityGroups() != null) {
            return List.of();
        }
        List<SecurityGroupSpec> groups = new ArrayList<>();
        groups.add(SecurityGroupSpec.of(Part.PRIMARY, names.primaryGroup(), names.cluster(), tags));
        groups.add(SecurityGroupSpec.of(Part.CORE, names.coreGroup(), names.cluster(), tags));
        if (privateSubnets) {
            groups.add(SecurityGroupSpec.of(Part.ACCESS, names.accessGroup(), names.cluster(), tags));
        }
        return groups;
    }

    /** The bucket that is made; empty when the file gives one. */
    public Optional<BucketSpec> bucket() {
        return cluster.storage().bucket() == null ? Optional.of(BucketSpec.of(names, tags)) : Optional.empty();
    }

    public String bucketName() {
        return Objects.requireNonNullElse(cluster.storage().bucket(), names.bucket());
    }

    /** What the keys of the workspace begin with: nothing, or a prefix with its slash. */
    public String keyPrefix() {
        String prefix = cluster.storage().prefix();
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    /** The security configuration that is made; empty when the file gives one. */
    public Optional<SecurityConfigurationSpec> securityConfiguration() {
        ClusterIam access = cluster.access();
        return access.securityConfiguration() == null
                ? Optional.of(SecurityConfigurationSpec.of(names.securityConfiguration(), access.diskEncryptionKey()))
                : Optional.empty();
    }

    /**
     * What EMR is asked for, as EMR's own JSON.
     *
     * @param creation new for each time that a cluster is asked for
     * @param scripts where the bootstrap actions' scripts lie, in the file's order
     */
    public Map<String, Object> runJobFlow(
            VpcSubnets network, SecurityGroupIds groups, String creation, List<String> scripts) {
        return new RunJobFlowJson(this, network, groups, creation, scripts).document();
    }
}
