package org.emrelay.runner.platform.emr.blueprint;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterNetwork;
import org.emrelay.runner.model.ClusterNetwork.SecurityGroups;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;

/**
 * What EMR itself may do for one cluster. AWS's own policy for it wants foreign subnets tagged; this one names them, and binds the rest to the tags that
 * EMR copies from the cluster to whatever it makes.
 */
final class ServiceRolePolicy {
    private static final List<String> LAUNCH = List.of("ec2:RunInstances", "ec2:CreateFleet");
    private static final List<String> PREPARE_AND_LAUNCH = List.of(
            "ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion");
    private static final List<String> PLACE = List.of(
            "ec2:RunInstances",
            "ec2:CreateFleet",
            "ec2:CreateLaunchTemplate",
            "ec2:CreateLaunchTemplateVersion",
            "ec2:CreateNetworkInterface");

    /** EC2 takes no resource for these. */
    private static final List<String> LOOK = List.of(
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
    private final AwsScope site;
    private final VpcSubnets network;
    private final String nodeRoleArn;
    private final Map<String, Object> taggedAsOurs;
    private final Map<String, Object> madeAsOurs;

    ServiceRolePolicy(Cluster cluster, AwsScope site, OwnerTags ownership, VpcSubnets network, String nodeRoleArn) {
        this.cluster = cluster;
        this.site = site;
        this.network = network;
        this.nodeRoleArn = nodeRoleArn;
        this.taggedAsOurs = tagged("aws:ResourceTag/", ownership);
        this.madeAsOurs = tagged("aws:RequestTag/", ownership);
    }

    private static Map<String, Object> tagged(String kind, OwnerTags ownership) {
        Map<String, Object> tags = new LinkedHashMap<>();
        ownership.tags().forEach((key, value) -> tags.put(kind + key, value));
        return Map.of("StringEquals", tags);
    }

    Map<String, Object> document() {
        List<Map<String, Object>> statements = new ArrayList<>();
        statements.add(allow(
                "TheseSubnets",
                PLACE,
                network.subnets().stream().map(VpcSubnets.Subnet::arn).toList()));
        addGroups(statements);
        statements.add(allow(
                "OurTemplates",
                List.of("ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplateVersion"),
                ec2("launch-template/*"),
                taggedAsOurs));
        statements.add(
                allow("MakeOurTemplates", List.of("ec2:CreateLaunchTemplate"), ec2("launch-template/*"), madeAsOurs));
        statements.add(allow("LaunchOurMachines", LAUNCH, ec2("instance/*", "volume/*"), madeAsOurs));
        statements.add(allow("LaunchWith", PREPARE_AND_LAUNCH, launchedWith()));
        statements.add(allow(
                "MakeOurInterfaces", List.of("ec2:CreateNetworkInterface"), ec2("network-interface/*"), madeAsOurs));
        statements.add(allow(
                "EndOurs",
                List.of(
                        "ec2:DeleteLaunchTemplate",
                        "ec2:DeleteNetworkInterface",
                        "ec2:ModifyInstanceAttribute",
                        "ec2:TerminateInstances"),
                ec2("instance/*", "launch-template/*", "network-interface/*"),
                taggedAsOurs));
        addTagging(statements);
        statements.add(allow("Look", LOOK, List.of("*")));
        addPassingOn(statements);
        KeyPolicy.forService(cluster.access().diskEncryptionKey(), statements);
        return PolicyDocument.of(statements);
    }

    /** Groups of the user's are named; ours are known by their tags, for the role need not wait until they have ids. */
    private void addGroups(List<Map<String, Object>> statements) {
        ClusterNetwork wanted = cluster.network();
        SecurityGroups given = wanted.securityGroups();
        List<String> rules = List.of(
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress");
        if (given == null) {
            statements.add(allow("OurGroups", PLACE, ec2("security-group/*"), taggedAsOurs));
            statements.add(allow("OurGroupsRules", rules, ec2("security-group/*"), taggedAsOurs));
        } else {
            Stream<String> all = given.serviceAccess() == null
                    ? Stream.of(given.primary(), given.core())
                    : Stream.of(given.primary(), given.core(), given.serviceAccess());
            List<String> groups = all.map(ServiceRolePolicy::group).toList();
            statements.add(allow("GivenGroups", PLACE, ec2(groups)));
            statements.add(allow("GivenGroupsRules", rules, ec2(groups)));
        }
        List<String> additional = Stream.concat(
                        wanted.additionalPrimaryGroups().stream(), wanted.additionalCoreGroups().stream())
                .distinct()
                .map(ServiceRolePolicy::group)
                .toList();
        if (!additional.isEmpty()) {
            statements.add(allow("AdditionalGroups", PLACE, ec2(additional)));
        }
    }

    private static String group(String id) {
        return "security-group/" + id;
    }

    private List<String> launchedWith() {
        List<String> resources = new ArrayList<>(ec2("network-interface/*", "fleet/*"));
        resources.add(String.join(":", "arn", site.partition(), "ec2", site.region(), "", "image/ami-*"));
        if (cluster.network().keyName() != null) {
            resources.addAll(ec2("key-pair/" + cluster.network().keyName()));
        }
        if (cluster.fleets().stream().anyMatch(ServiceRolePolicy::usesReservations)) {
            resources.addAll(ec2("capacity-reservation/*"));
            resources.add(site.arn("resource-groups", "group/*"));
        }
        return resources;
    }

    private static boolean usesReservations(InstanceFleet fleet) {
        return (fleet.onDemandLaunch() != null && fleet.onDemandLaunch().reservation() != null)
                || (fleet.onDemandResize() != null && fleet.onDemandResize().reservation() != null);
    }

    private void addTagging(List<Map<String, Object>> statements) {
        List<String> taggable = ec2("instance/*", "volume/*", "network-interface/*", "launch-template/*");
        statements.add(allow("TagOurs", List.of("ec2:CreateTags", "ec2:DeleteTags"), taggable, taggedAsOurs));
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

    private void addPassingOn(List<Map<String, Object>> statements) {
        String ec2 = site.partition().equals("aws-cn") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
        statements.add(allow(
                "PassTheNodesRole",
                List.of("iam:PassRole"),
                List.of(nodeRoleArn),
                Map.of("StringEquals", Map.of("iam:PassedToService", ec2))));
        if (cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0)) {
            statements.add(allow(
                    "FirstSpotMachineOfTheAccount",
                    List.of("iam:CreateServiceLinkedRole"),
                    List.of(site.globalArn("iam", "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot")),
                    Map.of("StringEquals", Map.of("iam:AWSServiceName", "spot.amazonaws.com"))));
        }
    }

    private List<String> ec2(String... resources) {
        return ec2(List.of(resources));
    }

    private List<String> ec2(List<String> resources) {
        return resources.stream().map(resource -> site.arn("ec2", resource)).toList();
    }
}
