package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the service role's actions with those of AmazonEMRServicePolicy_v2, version 6 of 2026-02-12. */
final class ManagedServicePolicyTest {
    private static final String GROUP = "arn:aws:resource-groups:us-east-1:123456789012:group/reserved";

    private static final Set<String> MANAGED = Set.of(
            "application-autoscaling:DeleteScalingPolicy",
            "application-autoscaling:DeregisterScalableTarget",
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies",
            "application-autoscaling:PutScalingPolicy",
            "application-autoscaling:RegisterScalableTarget",
            "cloudwatch:DeleteAlarms",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:PutMetricAlarm",
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateFleet",
            "ec2:CreateLaunchTemplate",
            "ec2:CreateLaunchTemplateVersion",
            "ec2:CreateNetworkInterface",
            "ec2:CreatePlacementGroup",
            "ec2:CreateSecurityGroup",
            "ec2:CreateTags",
            "ec2:CreateVpcEndpoint",
            "ec2:DeleteLaunchTemplate",
            "ec2:DeleteNetworkInterface",
            "ec2:DeletePlacementGroup",
            "ec2:DeleteTags",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeCapacityReservations",
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypeOfferings",
            "ec2:DescribeInstances",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribePlacementGroups",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVolumeStatus",
            "ec2:DescribeVolumes",
            "ec2:DescribeVpcAttribute",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcs",
            "ec2:ModifyInstanceAttribute",
            "ec2:ModifyVpcEndpoint",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
            "ec2:RunInstances",
            "ec2:TerminateInstances",
            "iam:PassRole",
            "resource-groups:ListGroupResources");

    /** What our clusters do not use, by the reason. */
    private static final Map<String, List<String>> NOT_GRANTED = Map.of(
            "custom automatic scaling, which instance fleets do not have",
            List.of(
                    "application-autoscaling:DeleteScalingPolicy",
                    "application-autoscaling:DeregisterScalableTarget",
                    "application-autoscaling:DescribeScalableTargets",
                    "application-autoscaling:DescribeScalingPolicies",
                    "application-autoscaling:PutScalingPolicy",
                    "application-autoscaling:RegisterScalableTarget",
                    "cloudwatch:DeleteAlarms",
                    "cloudwatch:DescribeAlarms",
                    "cloudwatch:PutMetricAlarm"),
            "placement groups, which cluster files cannot contain",
            List.of("ec2:CreatePlacementGroup", "ec2:DeletePlacementGroup", "ec2:DescribePlacementGroups"),
            "EMR's own security groups: each cluster has custom ones",
            List.of("ec2:CreateSecurityGroup"),
            "an endpoint that EMR may leave behind: ServiceRolePolicy says more",
            List.of("ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"));

    @TempDir
    Path directory;

    /** The cluster file of the repository root, with a group of capacity reservations for the core fleet. */
    private Cluster clusterWithReservations() throws Exception {
        Path file = directory.resolve("cluster.json");
        Files.writeString(file, """
                {"InstanceFleets": [
                  {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                   "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                  {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 2,
                   "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}],
                   "LaunchSpecifications": {"OnDemandSpecification": {"AllocationStrategy": "lowest-price",
                     "CapacityReservationOptions": {"UsageStrategy": "use-capacity-reservations-first",
                       "CapacityReservationResourceGroupArn": "%s"}}}}]}
                """.formatted(GROUP));
        return SampleClusters.read(file);
    }

    private static List<Map<?, ?>> statements(Cluster cluster) {
        return ((List<?>) new ClusterResources(cluster, "demo", SampleClusters.SCOPE, DefaultKeys.NONE)
                        .serviceRole(SampleClusters.SUBNETS)
                        .orElseThrow()
                        .inlinePolicy()
                        .get("Statement"))
                .stream().<Map<?, ?>>map(statement -> (Map<?, ?>) statement).toList();
    }

    private static Stream<String> actions(Map<?, ?> statement) {
        return ((List<?>) statement.get("Action")).stream().map(String::valueOf);
    }

    @Test
    void grantsTheManagedPolicysActionsThatOurClustersUse() throws Exception {
        Set<String> granted = new TreeSet<>();
        statements(clusterWithReservations())
                .forEach(statement -> actions(statement).forEach(granted::add));
        Set<String> missing = new TreeSet<>(MANAGED);
        missing.removeAll(granted);

        assertThat(missing)
                .containsExactlyInAnyOrderElementsOf(
                        NOT_GRANTED.values().stream().flatMap(List::stream).toList());
    }

    @Test
    void readsOnlyTheGivenGroupOfReservations() throws Exception {
        assertThat(statements(clusterWithReservations()))
                .filteredOn(statement -> actions(statement).anyMatch("resource-groups:ListGroupResources"::equals))
                .extracting(statement -> String.valueOf(statement.get("Resource")))
                .containsExactly("[" + GROUP + "]");
        assertThat(statements(SampleClusters.repositoryRoot()))
                .noneMatch(statement -> actions(statement).anyMatch("resource-groups:ListGroupResources"::equals));
    }
}
