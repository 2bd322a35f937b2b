package org.emrelay.runner.platform.emr.spec;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.SecurityGroups;
import org.emrelay.runner.model.InstanceFleet.CapacityReservation;
import org.emrelay.runner.model.InstanceFleet.OnDemandLaunch;
import org.emrelay.runner.model.InstanceFleet.OnDemandResize;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.KmsKeyPolicy;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.jspecify.annotations.Nullable;

/**
 * The policy of the EMR service role for one cluster.
 *
 * <p>The AWS managed policy requires tags on subnets, which may belong to another account. This one names the subnets
 * and restricts the rest by the tags that EMR propagates from the cluster to the resources it creates.
 *
 * <p>Unlike the managed policy it does not let EMR create a VPC endpoint ({@code emr-service-vpce}): no action of the
 * managed policy deletes one, so presumably it outlives the cluster, holds its security group and costs money.
 */
final class ServiceRolePolicy {
    private static final List<String> LAUNCH_ACTIONS = List.of("ec2:RunInstances", "ec2:CreateFleet");
    private static final List<String> TEMPLATE_AND_LAUNCH_ACTIONS = List.of(
            "ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion");
    private static final List<String> PLACEMENT_ACTIONS = List.of(
            "ec2:RunInstances",
            "ec2:CreateFleet",
            "ec2:CreateLaunchTemplate",
            "ec2:CreateLaunchTemplateVersion",
            "ec2:CreateNetworkInterface");

    /** EC2 supports no resource-level permissions for these actions. */
    private static final List<String> DESCRIBE_ACTIONS = List.of(
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeCapacityReservations",
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeImages",
            "ec2:DescribeInstances",
            "ec2:DescribeInstanceTypeOfferings",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSpotPriceHistory",
            "ec2:DescribeSubnets",
            "ec2:DescribeVolumes",
            "ec2:DescribeVolumeStatus",
            "ec2:DescribeVpcAttribute",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcs");

    private final Cluster cluster;
    private final AwsScope scope;
    private final VpcSubnets subnets;
    private final String nodeRoleArn;
    private final @Nullable String volumeKey;
    private final Map<String, Object> resourceTagCondition;
    private final Map<String, Object> requestTagCondition;

    /** @param volumeKey the ARN of the KMS key that encrypts EBS volumes; null for none */
    ServiceRolePolicy(
            Cluster cluster,
            AwsScope scope,
            OwnerTags ownerTags,
            VpcSubnets subnets,
            String nodeRoleArn,
            @Nullable String volumeKey) {
        this.cluster = cluster;
        this.scope = scope;
        this.subnets = subnets;
        this.nodeRoleArn = nodeRoleArn;
        this.volumeKey = volumeKey;
        this.resourceTagCondition = tagged("aws:ResourceTag/", ownerTags);
        this.requestTagCondition = tagged("aws:RequestTag/", ownerTags);
    }

    private static Map<String, Object> tagged(String conditionKeyPrefix, OwnerTags ownerTags) {
        Map<String, Object> tags = new LinkedHashMap<>();
        ownerTags.tags().forEach((key, value) -> tags.put(conditionKeyPrefix + key, value));
        return Map.of("StringEquals", tags);
    }

    Map<String, Object> document() {
        List<Map<String, Object>> statements = new ArrayList<>();
        statements.add(allow(
                "TheseSubnets",
                PLACEMENT_ACTIONS,
                subnets.subnets().stream().map(VpcSubnets.Subnet::arn).toList()));
        addGroups(statements);
        statements.add(allow(
                "OurTemplates",
                List.of("ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplateVersion"),
                ec2("launch-template/*"),
                resourceTagCondition));
        statements.add(allow(
                "MakeOurTemplates",
                List.of("ec2:CreateLaunchTemplate"),
                ec2("launch-template/*"),
                requestTagCondition));
        statements.add(allow("LaunchOurMachines", LAUNCH_ACTIONS, ec2("instance/*", "volume/*"), requestTagCondition));
        statements.add(allow("LaunchWith", TEMPLATE_AND_LAUNCH_ACTIONS, launchResources()));
        statements.add(allow(
                "MakeOurInterfaces",
                List.of("ec2:CreateNetworkInterface"),
                ec2("network-interface/*"),
                requestTagCondition));
        statements.add(allow(
                "EndOurs",
                List.of(
                        "ec2:DeleteLaunchTemplate",
                        "ec2:DeleteNetworkInterface",
                        "ec2:ModifyInstanceAttribute",
                        "ec2:TerminateInstances"),
                ec2("instance/*", "launch-template/*", "network-interface/*"),
                resourceTagCondition));
        addTagging(statements);
        List<String> reservationGroups = reservations()
                .map(CapacityReservation::resourceGroupArn)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
        if (!reservationGroups.isEmpty()) {
            statements.add(
                    allow("ListTheReservations", List.of("resource-groups:ListGroupResources"), reservationGroups));
        }
        statements.add(allow("Look", DESCRIBE_ACTIONS, List.of("*")));
        addRolePassing(statements);
        KmsKeyPolicy.forService(volumeKey, statements);
        return PolicyDocument.of(statements);
    }

    /** Names the user's groups. Ours are matched by tag, so the role can be created before the groups have IDs. */
    private void addGroups(List<Map<String, Object>> statements) {
        Cluster.Network clusterNetwork = cluster.network();
        SecurityGroups provided = clusterNetwork.securityGroups();
        List<String> rules = List.of(
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress");
        if (provided == null) {
            statements.add(allow("OurGroups", PLACEMENT_ACTIONS, ec2("security-group/*"), resourceTagCondition));
            statements.add(allow("OurGroupsRules", rules, ec2("security-group/*"), resourceTagCondition));
        } else {
            Stream<String> groupIds = provided.serviceAccess() == null
                    ? Stream.of(provided.primary(), provided.core())
                    : Stream.of(provided.primary(), provided.core(), provided.serviceAccess());
            List<String> groups = groupIds.map(ServiceRolePolicy::group).toList();
            statements.add(allow("GivenGroups", PLACEMENT_ACTIONS, ec2(groups)));
            statements.add(allow("GivenGroupsRules", rules, ec2(groups)));
        }
        List<String> additional = Stream.concat(
                        clusterNetwork.additionalPrimaryGroups().stream(),
                        clusterNetwork.additionalCoreGroups().stream())
                .distinct()
                .map(ServiceRolePolicy::group)
                .toList();
        if (!additional.isEmpty()) {
            statements.add(allow("AdditionalGroups", PLACEMENT_ACTIONS, ec2(additional)));
        }
    }

    private static String group(String id) {
        return "security-group/" + id;
    }

    private List<String> launchResources() {
        List<String> resources = new ArrayList<>(ec2("network-interface/*", "fleet/*"));
        resources.add(String.join(":", "arn", scope.partition(), "ec2", scope.region(), "", "image/ami-*"));
        if (cluster.network().keyName() != null) {
            resources.addAll(ec2("key-pair/" + cluster.network().keyName()));
        }
        if (reservations().findAny().isPresent()) {
            resources.addAll(ec2("capacity-reservation/*"));
            resources.add(scope.arn("resource-groups", "group/*"));
        }
        return resources;
    }

    private Stream<CapacityReservation> reservations() {
        return cluster.fleets().stream()
                .flatMap(fleet -> Stream.concat(
                        Stream.ofNullable(fleet.onDemandLaunch()).map(OnDemandLaunch::reservation),
                        Stream.ofNullable(fleet.onDemandResize()).map(OnDemandResize::reservation)))
                .flatMap(Stream::ofNullable);
    }

    private void addTagging(List<Map<String, Object>> statements) {
        List<String> taggable = ec2("instance/*", "volume/*", "network-interface/*", "launch-template/*");
        statements.add(allow("TagOurs", List.of("ec2:CreateTags", "ec2:DeleteTags"), taggable, resourceTagCondition));
        statements.add(allow(
                "TagWhatIsMade",
                List.of("ec2:CreateTags"),
                taggable,
                Map.of(
                        "StringEquals",
                        Map.of(
                                "ec2:CreateAction",
                                List.of(
                                        "RunInstances",
                                        "CreateFleet",
                                        "CreateLaunchTemplate",
                                        "CreateNetworkInterface")))));
    }

    /** As in the AWS managed policy, the condition fits the principals of all partitions. */
    private void addRolePassing(List<Map<String, Object>> statements) {
        statements.add(allow(
                "PassTheNodesRole",
                List.of("iam:PassRole"),
                List.of(nodeRoleArn),
                Map.of("StringLike", Map.of("iam:PassedToService", "ec2.amazonaws.com*"))));
        if (cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0)) {
            statements.add(allow(
                    "FirstSpotMachineOfTheAccount",
                    List.of("iam:CreateServiceLinkedRole"),
                    List.of(scope.globalArn(
                            "iam", "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot")),
                    Map.of("StringEquals", Map.of("iam:AWSServiceName", "spot.amazonaws.com"))));
        }
    }

    private List<String> ec2(String... resources) {
        return ec2(List.of(resources));
    }

    private List<String> ec2(List<String> resources) {
        return resources.stream().map(resource -> scope.arn("ec2", resource)).toList();
    }
}
