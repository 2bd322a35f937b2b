package org.emrelay.runner.platform.emr.spec;

import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.ResourceNames;

/**
 * The resources that the caller's policy names. A list is empty if the cluster has no such resource.
 *
 * @param createdRoles the ARNs of the roles to create; the other lists have ARNs too
 * @param vpcs the VPCs for new security groups
 * @param objects the objects of the workspace
 * @param serviceLinkedRoles the role that EMR creates with the first cluster of an account
 * @param securityConfigurations {@code *} if a security configuration is created
 */
record CallerResources(
        AwsScope scope,
        List<String> createdRoles,
        List<String> serviceRoles,
        List<String> nodeRoles,
        List<String> serviceLinkedRoles,
        List<String> createdProfiles,
        List<String> createdGroups,
        List<String> vpcs,
        List<String> createdBuckets,
        List<String> buckets,
        List<String> objects,
        List<String> securityConfigurations) {

    /** All resources of all clusters, in any account and region. */
    static CallerResources ofAllClusters() {
        AwsScope scope = new AwsScope("aws", "*", "*", "");
        String ours = ResourceNames.PREFIX + "*";
        List<String> buckets = List.of(scope.bucketArn(ours));
        return new CallerResources(
                scope,
                List.of(scope.globalArn("iam", "role/" + ours)),
                List.of(scope.globalArn("iam", "role/" + ours + "-service")),
                List.of(scope.globalArn("iam", "role/" + ours + "-nodes")),
                List.of(scope.globalArn(
                        "iam", "role/aws-service-role/elasticmapreduce.amazonaws.com*/AWSServiceRoleForEMRCleanup*")),
                List.of(scope.globalArn("iam", "instance-profile/" + ours)),
                List.of(scope.arn("ec2", "security-group/*")),
                List.of(scope.arn("ec2", "vpc/*")),
                buckets,
                buckets,
                List.of(scope.bucketArn(ours + "/*")),
                List.of("*"));
    }

    /**
     * The resources of one cluster.
     *
     * <p>Whether the service-linked role exists, and which VPC the subnets are in, is not known here, so both are left out.
     */
    static CallerResources of(ClusterResources resources) {
        AwsScope scope = resources.names().scope();
        Cluster cluster = resources.cluster();
        String nodeRole = resources.nodeRoleArn();
        List<String> createdServiceRoles =
                cluster.iam().serviceRole() == null ? List.of(resources.serviceRoleArn()) : List.of();
        List<String> createdNodeRoles =
                resources.nodeRole().map(role -> nodeRole).stream().toList();
        String bucket = scope.bucketArn(resources.bucketName());
        return new CallerResources(
                scope,
                Stream.concat(createdServiceRoles.stream(), createdNodeRoles.stream())
                        .toList(),
                List.of(resources.serviceRoleArn()),
                List.of(nodeRole),
                List.of(),
                resources.nodeRole().map(RoleSpec::name).stream()
                        .map(name -> scope.globalArn("iam", "instance-profile/" + name))
                        .toList(),
                cluster.network().securityGroups() == null ? List.of(scope.arn("ec2", "security-group/*")) : List.of(),
                List.of(),
                resources.bucket().isPresent() ? List.of(bucket) : List.of(),
                List.of(bucket),
                List.of(bucket + "/" + resources.keyPrefix() + "*"),
                resources.securityConfiguration().isPresent() ? List.of("*") : List.of());
    }
}
