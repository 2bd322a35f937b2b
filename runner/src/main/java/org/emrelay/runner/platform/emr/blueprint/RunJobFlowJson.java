package org.emrelay.runner.platform.emr.blueprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterLifecycle;
import org.emrelay.runner.model.ClusterLifecycle.ManagedScaling;
import org.emrelay.runner.model.ClusterSoftware;
import org.emrelay.runner.model.ClusterStorage;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupIds;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.jspecify.annotations.Nullable;

/** Writes down what EMR is asked for, key by key in EMR's own names. What is left out is EMR's to decide. */
final class RunJobFlowJson {
    private final ClusterResources blueprint;
    private final Cluster cluster;
    private final VpcSubnets network;
    private final SecurityGroupIds groups;
    private final String creation;
    private final List<String> scripts;

    RunJobFlowJson(
            ClusterResources blueprint,
            VpcSubnets network,
            SecurityGroupIds groups,
            String creation,
            List<String> scripts) {
        this.blueprint = blueprint;
        this.cluster = blueprint.cluster();
        this.network = network;
        this.groups = groups;
        this.creation = creation;
        this.scripts = List.copyOf(scripts);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        ClusterSoftware software = cluster.software();
        ClusterStorage storage = cluster.storage();
        document.put("Name", blueprint.names().cluster(creation));
        document.put("ReleaseLabel", software.release().label());
        put(document, "OSReleaseLabel", software.operatingSystemRelease());
        document.put(
                "Applications",
                software.applications().stream()
                        .map(name -> Map.of("Name", name))
                        .toList());
        document.put("LogUri", logUri());
        put(document, "LogEncryptionKmsKeyId", storage.logEncryptionKey());
        document.put(
                "ServiceRole",
                given(cluster.access().serviceRole(), blueprint.names().serviceRole()));
        document.put(
                "JobFlowRole",
                given(cluster.access().instanceProfile(), blueprint.names().nodeRole()));
        document.put(
                "SecurityConfiguration",
                given(
                        cluster.access().securityConfiguration(),
                        blueprint.names().securityConfiguration()));
        document.put("Instances", instances());
        document.put("BootstrapActions", bootstrapActions());
        document.put("Configurations", InstanceFleetJson.configurations(software.configurations()));
        putImage(document, software);
        putLifecycle(document, cluster.lifecycle());
        document.put("Tags", tags());
        return document;
    }

    private static String given(@Nullable String given, String own) {
        return Objects.requireNonNullElse(given, own);
    }

    private String logUri() {
        String given = cluster.storage().logUri();
        return given == null ? "s3://" + blueprint.bucketName() + "/" + blueprint.keyPrefix() + BucketSpec.LOGS : given;
    }

    private Map<String, Object> instances() {
        Map<String, Object> instances = new LinkedHashMap<>();
        instances.put(
                "InstanceFleets",
                cluster.fleets().stream().map(InstanceFleetJson::of).toList());
        instances.put(
                "Ec2SubnetIds",
                network.subnets().stream().map(VpcSubnets.Subnet::id).toList());
        put(instances, "Ec2KeyName", cluster.network().keyName());
        instances.put("EmrManagedMasterSecurityGroup", groups.primary());
        instances.put("EmrManagedSlaveSecurityGroup", groups.core());
        put(instances, "ServiceAccessSecurityGroup", groups.access());
        putUnlessEmpty(
                instances, "AdditionalMasterSecurityGroups", cluster.network().additionalPrimaryGroups());
        putUnlessEmpty(
                instances, "AdditionalSlaveSecurityGroups", cluster.network().additionalCoreGroups());
        ClusterLifecycle lifecycle = cluster.lifecycle();
        // Said in any case: left out, EMR takes it for false, and an idle cluster without steps ends at once.
        instances.put("KeepJobFlowAliveWhenNoSteps", lifecycle.aliveWithoutSteps());
        instances.put("TerminationProtected", lifecycle.terminationProtected());
        put(instances, "UnhealthyNodeReplacement", lifecycle.unhealthyNodeReplacement());
        return instances;
    }

    private List<Map<String, Object>> bootstrapActions() {
        List<Map<String, Object>> documents = new ArrayList<>();
        List<BootstrapAction> actions = cluster.software().bootstrapActions();
        for (int i = 0; i < actions.size(); i++) {
            Map<String, Object> script = new LinkedHashMap<>();
            script.put("Path", scripts.get(i));
            script.put("Args", actions.get(i).arguments());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("Name", actions.get(i).name());
            document.put("ScriptBootstrapAction", script);
            documents.add(document);
        }
        return documents;
    }

    private static void putImage(Map<String, Object> document, ClusterSoftware software) {
        put(document, "CustomAmiId", software.customImage());
        ClusterSoftware.UpdatesOnBoot updates = software.updatesOnBoot();
        put(document, "RepoUpgradeOnBoot", updates == null ? null : updates.name());
        ClusterSoftware.RootVolume volume = software.rootVolume();
        if (volume != null) {
            put(document, "EbsRootVolumeSize", volume.gibibytes());
            put(document, "EbsRootVolumeIops", volume.operationsPerSecond());
            put(document, "EbsRootVolumeThroughput", volume.throughputMebibytes());
        }
    }

    private static void putLifecycle(Map<String, Object> document, ClusterLifecycle lifecycle) {
        document.put("StepConcurrencyLevel", lifecycle.stepsAtOnce());
        document.put("ScaleDownBehavior", lifecycle.scaleDown().emrName());
        if (lifecycle.aliveWithoutSteps()) {
            document.put(
                    "AutoTerminationPolicy",
                    Map.of("IdleTimeout", lifecycle.idleTimeout().toSeconds()));
        }
        ManagedScaling scaling = lifecycle.scaling();
        if (scaling != null) {
            document.put("ManagedScalingPolicy", scaling(scaling));
        }
    }

    private static Map<String, Object> scaling(ManagedScaling scaling) {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("UnitType", "InstanceFleetUnits");
        limits.put("MinimumCapacityUnits", scaling.minimum());
        limits.put("MaximumCapacityUnits", scaling.maximum());
        put(limits, "MaximumOnDemandCapacityUnits", scaling.maximumOnDemand());
        put(limits, "MaximumCoreCapacityUnits", scaling.maximumCore());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ComputeLimits", limits);
        if (scaling.performanceIndex() != null) {
            document.put("ScalingStrategy", "ADVANCED");
            document.put("UtilizationPerformanceIndex", scaling.performanceIndex());
        }
        return document;
    }

    private List<Map<String, Object>> tags() {
        Map<String, String> all = new LinkedHashMap<>(blueprint.ownership().tags());
        all.put(OwnerTags.CREATION, creation);
        all.put(OwnerTags.PLACE, "s3://" + blueprint.bucketName() + "/" + blueprint.keyPrefix());
        blueprint.tags().forEach(all::putIfAbsent);
        List<Map<String, Object>> documents = new ArrayList<>();
        all.forEach((key, value) -> {
            Map<String, Object> tag = new LinkedHashMap<>();
            tag.put("Key", key);
            tag.put("Value", value);
            documents.add(tag);
        });
        return documents;
    }

    static void put(Map<String, Object> document, String key, @Nullable Object value) {
        if (value != null) {
            document.put(key, value);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> document, String key, List<String> values) {
        if (!values.isEmpty()) {
            document.put(key, values);
        }
    }
}
