package org.emrelay.runner.platform.emr.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.ManagedScaling;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.jspecify.annotations.Nullable;

/** Composes the RunJobFlow request as EMR's JSON. Absent keys get EMR's defaults. */
final class RunJobFlowJson {
    private final ClusterResources resources;
    private final Cluster cluster;
    private final VpcSubnets subnets;
    private final Cluster.SecurityGroups groups;
    private final String creation;
    private final List<String> scripts;

    RunJobFlowJson(
            ClusterResources resources,
            VpcSubnets subnets,
            Cluster.SecurityGroups groups,
            String creation,
            List<String> scripts) {
        this.resources = resources;
        this.cluster = resources.cluster();
        this.subnets = subnets;
        this.groups = groups;
        this.creation = creation;
        this.scripts = List.copyOf(scripts);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        Cluster.Software software = cluster.software();
        Cluster.Storage storage = cluster.storage();
        document.put("Name", resources.names().cluster(creation));
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
                providedOr(cluster.iam().serviceRole(), resources.names().serviceRole()));
        document.put(
                "JobFlowRole",
                providedOr(cluster.iam().instanceProfile(), resources.names().nodeRole()));
        document.put(
                "SecurityConfiguration",
                providedOr(
                        cluster.iam().securityConfiguration(), resources.names().securityConfiguration()));
        document.put("Instances", instances());
        document.put("BootstrapActions", bootstrapActions());
        document.put("Configurations", InstanceFleetJson.configurations(software.configurations()));
        putImage(document, software);
        putLifecycle(document, cluster.lifecycle());
        document.put("Tags", tags());
        return document;
    }

    private static String providedOr(@Nullable String provided, String created) {
        return Objects.requireNonNullElse(provided, created);
    }

    private String logUri() {
        String provided = cluster.storage().logUri();
        return provided == null
                ? "s3://" + resources.bucketName() + "/" + resources.keyPrefix() + BucketSpec.LOGS_PREFIX
                : provided;
    }

    private Map<String, Object> instances() {
        Map<String, Object> instances = new LinkedHashMap<>();
        instances.put(
                "InstanceFleets",
                cluster.fleets().stream().map(InstanceFleetJson::of).toList());
        instances.put(
                "Ec2SubnetIds",
                subnets.subnets().stream().map(VpcSubnets.Subnet::id).toList());
        put(instances, "Ec2KeyName", cluster.network().keyName());
        instances.put("EmrManagedMasterSecurityGroup", groups.primary());
        instances.put("EmrManagedSlaveSecurityGroup", groups.core());
        put(instances, "ServiceAccessSecurityGroup", groups.serviceAccess());
        putUnlessEmpty(
                instances, "AdditionalMasterSecurityGroups", cluster.network().additionalPrimaryGroups());
        putUnlessEmpty(
                instances, "AdditionalSlaveSecurityGroups", cluster.network().additionalCoreGroups());
        Cluster.Lifecycle lifecycle = cluster.lifecycle();
        // Always set: EMR's default is false, which terminates a cluster without steps at once.
        instances.put("KeepJobFlowAliveWhenNoSteps", lifecycle.keepAliveWithoutSteps());
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

    private static void putImage(Map<String, Object> document, Cluster.Software software) {
        put(document, "CustomAmiId", software.customAmiId());
        Cluster.UpdatesOnBoot updates = software.updatesOnBoot();
        put(document, "RepoUpgradeOnBoot", updates == null ? null : updates.name());
        Cluster.RootVolume volume = software.rootVolume();
        if (volume != null) {
            put(document, "EbsRootVolumeSize", volume.gibibytes());
            put(document, "EbsRootVolumeIops", volume.iops());
            put(document, "EbsRootVolumeThroughput", volume.throughputMibPerSecond());
        }
    }

    private static void putLifecycle(Map<String, Object> document, Cluster.Lifecycle lifecycle) {
        document.put("StepConcurrencyLevel", lifecycle.stepConcurrency());
        document.put("ScaleDownBehavior", lifecycle.scaleDown().toString());
        if (lifecycle.keepAliveWithoutSteps()) {
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
        Map<String, String> allTags = new LinkedHashMap<>(resources.ownerTags().tags());
        allTags.put(OwnerTags.CREATION, creation);
        allTags.put(OwnerTags.WORKSPACE_URI, "s3://" + resources.bucketName() + "/" + resources.keyPrefix());
        resources.tags().forEach(allTags::putIfAbsent);
        List<Map<String, Object>> documents = new ArrayList<>();
        allTags.forEach((key, value) -> {
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
