package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** The fields of a cluster in DescribeCluster. */
final class DescribeClusterFields {
    private DescribeClusterFields() {}

    static Fields of(FakeCluster cluster) {
        Tree request = cluster.request;
        return cluster.summary(cluster.state())
                .and("Ec2InstanceAttributes", attributes(cluster))
                .and("InstanceCollectionType", "INSTANCE_FLEET")
                .and("LogUri", cluster.logUri())
                .and("ReleaseLabel", request.text("ReleaseLabel"))
                .and("AutoTerminate", !cluster.keepsAliveWithoutSteps())
                .and("TerminationProtected", cluster.terminationProtected)
                .and("UnhealthyNodeReplacement", request.tree("Instances").isTrue("UnhealthyNodeReplacement"))
                .and("VisibleToAllUsers", true)
                .and("Applications", applications(request))
                .and("Tags", Fields.tags(cluster.tags, "Key", "Value"))
                .and("ServiceRole", request.text("ServiceRole"))
                .and("MasterPublicDnsName", primaryDns(cluster))
                .and("Configurations", request.has("Configurations") ? request.raw("Configurations") : List.of())
                .and("SecurityConfiguration", request.text("SecurityConfiguration"))
                .and("AutoScalingRole", request.text("AutoScalingRole"))
                .and("ScaleDownBehavior", request.text("ScaleDownBehavior", "TERMINATE_AT_TASK_COMPLETION"))
                .and("CustomAmiId", request.text("CustomAmiId"))
                .and("EbsRootVolumeSize", request.raw("EbsRootVolumeSize"))
                .and("EbsRootVolumeIops", request.raw("EbsRootVolumeIops"))
                .and("EbsRootVolumeThroughput", request.raw("EbsRootVolumeThroughput"))
                .and("OSReleaseLabel", "2.0.20260302.0")
                .and("KerberosAttributes", Fields.none())
                .and("StepConcurrencyLevel", cluster.stepConcurrency())
                .and("PlacementGroups", List.of());
    }

    private static Fields attributes(FakeCluster cluster) {
        Tree instances = cluster.request.tree("Instances");
        List<String> groups = cluster.securityGroups;
        return Fields.of("Ec2KeyName", instances.text("Ec2KeyName"))
                .and("Ec2SubnetId", cluster.subnet)
                .and("RequestedEc2SubnetIds", RunJobFlowValidator.subnets(instances))
                .and("Ec2AvailabilityZone", cluster.zone)
                .and("RequestedEc2AvailabilityZones", List.of())
                .and("IamInstanceProfile", cluster.request.text("JobFlowRole"))
                .and("EmrManagedMasterSecurityGroup", groups.get(0))
                .and("EmrManagedSlaveSecurityGroup", groups.get(1))
                .and("ServiceAccessSecurityGroup", instances.text("ServiceAccessSecurityGroup"))
                .and("AdditionalMasterSecurityGroups", instances.texts("AdditionalMasterSecurityGroups"))
                .and("AdditionalSlaveSecurityGroups", instances.texts("AdditionalSlaveSecurityGroups"));
    }

    private static List<Fields> applications(Tree request) {
        List<Fields> applications = new ArrayList<>();
        for (Tree application : request.trees("Applications")) {
            String name = application.text("Name", "");
            applications.add(Fields.of("Name", name).and("Version", Releases.version(name)));
        }
        return applications;
    }

    private static @Nullable String primaryDns(FakeCluster cluster) {
        return cluster.fleets.stream()
                .filter(fleet -> fleet.type().equals("MASTER"))
                .flatMap(fleet -> fleet.instances.stream())
                .map(FakeInstance::privateDns)
                .findFirst()
                .orElse(null);
    }
}
