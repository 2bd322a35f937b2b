package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** A cluster as DescribeCluster shows it. */
final class ClusterDescription {
    private ClusterDescription() {}

    static Fields of(EmrCluster cluster) {
        Tree request = cluster.request;
        return cluster.summary(cluster.state())
                .and("Ec2InstanceAttributes", attributes(cluster))
                .and("InstanceCollectionType", "INSTANCE_FLEET")
                .and("LogUri", cluster.logUri())
                .and("ReleaseLabel", request.text("ReleaseLabel"))
                .and("AutoTerminate", !cluster.staysAlive())
                .and("TerminationProtected", cluster.isProtected)
                .and("UnhealthyNodeReplacement", request.tree("Instances").truth("UnhealthyNodeReplacement"))
                .and("VisibleToAllUsers", true)
                .and("Applications", applications(request))
                .and("Tags", Fields.tags(cluster.tags, "Key", "Value"))
                .and("ServiceRole", request.text("ServiceRole"))
                .and("MasterPublicDnsName", masterDns(cluster))
                .and("Configurations", request.has("Configurations") ? request.raw("Configurations") : List.of())
                .and("SecurityConfiguration", request.text("SecurityConfiguration"))
                .and("AutoScalingRole", request.text("AutoScalingRole"))
                .and("ScaleDownBehavior", request.text("ScaleDownBehavior", "TERMINATE_AT_TASK_COMPLETION"))
                .and("CustomAmiId", request.text("CustomAmiId"))
                .and("EbsRootVolumeSize", request.raw("EbsRootVolumeSize"))
                .and("OSReleaseLabel", "2.0.20260302.0")
                .and("KerberosAttributes", Fields.none())
                .and("StepConcurrencyLevel", cluster.stepConcurrency())
                .and("PlacementGroups", List.of());
    }

    private static Fields attributes(EmrCluster cluster) {
        Tree instances = cluster.request.tree("Instances");
        List<String> groups = cluster.groups;
        return Fields.of("Ec2KeyName", instances.text("Ec2KeyName"))
                .and("Ec2SubnetId", cluster.subnet)
                .and("RequestedEc2SubnetIds", RunJobFlowCheck.subnets(instances))
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

    private static @Nullable String masterDns(EmrCluster cluster) {
        return cluster.fleets.stream()
                .filter(fleet -> fleet.type().equals("MASTER"))
                .flatMap(fleet -> fleet.machines.stream())
                .map(Machine::privateDns)
                .findFirst()
                .orElse(null);
    }
}
