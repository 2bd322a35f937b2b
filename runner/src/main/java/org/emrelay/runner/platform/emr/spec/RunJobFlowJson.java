package org.emrelay.runner.platform.emr.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.ManagedScaling;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.jspecify.annotations.Nullable;

/** Composes the RunJobFlow request as EMR's JSON. Absent keys get EMR's defaults. */
final class RunJobFlowJson {
    private static final String CORE_SITE = "core-site";
    private static final String S3A_REGION = "fs.s3a.endpoint.region";

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
        Cluster.Software software = cluster.software();
        Cluster.Iam iam = cluster.iam();
        ResourceNames names = resources.names();
        JsonMap document = new JsonMap()
                .with("Name", names.cluster(creation))
                .with("ReleaseLabel", software.release().label())
                .with("OSReleaseLabel", software.operatingSystemRelease())
                .with(
                        "Applications",
                        software.applications().stream()
                                .map(name -> Map.of("Name", name))
                                .toList())
                .with("LogUri", logUri())
                .with("LogEncryptionKmsKeyId", cluster.storage().logEncryptionKey())
                .with("ServiceRole", Objects.requireNonNullElse(iam.serviceRole(), names.serviceRole()))
                .with("JobFlowRole", Objects.requireNonNullElse(iam.instanceProfile(), names.nodeRole()))
                .with(
                        "SecurityConfiguration",
                        Objects.requireNonNullElse(iam.securityConfiguration(), names.securityConfiguration()))
                .with("Instances", instances())
                .with("BootstrapActions", bootstrapActions())
                .with("Configurations", InstanceFleetJson.configurations(configurations()));
        putImage(document, software);
        putLifecycle(document, cluster.lifecycle());
        return document.with("Tags", tags());
    }

    private String logUri() {
        String provided = cluster.storage().logUri();
        return provided == null
                ? "s3://" + resources.bucketName() + "/" + resources.keyPrefix() + BucketSpec.LOGS_PREFIX
                : provided;
    }

    private Map<String, Object> instances() {
        Cluster.Lifecycle lifecycle = cluster.lifecycle();
        return new JsonMap()
                .with(
                        "InstanceFleets",
                        cluster.fleets().stream().map(InstanceFleetJson::of).toList())
                .with(
                        "Ec2SubnetIds",
                        subnets.subnets().stream().map(VpcSubnets.Subnet::id).toList())
                .with("Ec2KeyName", cluster.network().keyName())
                .with("EmrManagedMasterSecurityGroup", groups.primary())
                .with("EmrManagedSlaveSecurityGroup", groups.core())
                .with("ServiceAccessSecurityGroup", groups.serviceAccess())
                .with(
                        "AdditionalMasterSecurityGroups",
                        nullIfEmpty(cluster.network().additionalPrimaryGroups()))
                .with(
                        "AdditionalSlaveSecurityGroups",
                        nullIfEmpty(cluster.network().additionalCoreGroups()))
                // Always set: EMR's default is false, which terminates a cluster without steps at once.
                .with("KeepJobFlowAliveWhenNoSteps", lifecycle.keepAliveWithoutSteps())
                .with("TerminationProtected", lifecycle.terminationProtected())
                .with("UnhealthyNodeReplacement", lifecycle.unhealthyNodeReplacement());
    }

    private List<Map<String, Object>> bootstrapActions() {
        List<Map<String, Object>> documents = new ArrayList<>();
        List<BootstrapAction> actions = cluster.software().bootstrapActions();
        for (int i = 0; i < actions.size(); i++) {
            JsonMap script = new JsonMap()
                    .with("Path", scripts.get(i))
                    .with("Args", actions.get(i).arguments());
            documents.add(new JsonMap().with("Name", actions.get(i).name()).with("ScriptBootstrapAction", script));
        }
        return documents;
    }

    /**
     * The configurations of the cluster file, and the region of S3A. Without it S3A asks us-east-2 where a bucket is, which a
     * private subnet with only a gateway endpoint for S3 cannot reach.
     */
    private List<Configuration> configurations() {
        List<Configuration> configurations = new ArrayList<>(cluster.software().configurations());
        if (Configuration.property(configurations, CORE_SITE, S3A_REGION).isPresent()) {
            return configurations;
        }
        int coreSite = 0;
        while (coreSite < configurations.size()
                && !configurations.get(coreSite).classification().equals(CORE_SITE)) {
            coreSite++;
        }
        if (coreSite == configurations.size()) {
            configurations.add(new Configuration(CORE_SITE, Map.of(), List.of()));
        }
        Configuration given = configurations.get(coreSite);
        Map<String, String> properties = new LinkedHashMap<>(given.properties());
        properties.put(S3A_REGION, resources.names().scope().region());
        configurations.set(coreSite, new Configuration(CORE_SITE, properties, given.nested()));
        return configurations;
    }

    private static void putImage(JsonMap document, Cluster.Software software) {
        document.with("CustomAmiId", software.customAmiId());
        Cluster.UpdatesOnBoot updates = software.updatesOnBoot();
        document.with("RepoUpgradeOnBoot", updates == null ? null : updates.name());
        Cluster.RootVolume volume = software.rootVolume();
        if (volume != null) {
            document.with("EbsRootVolumeSize", volume.gibibytes());
            document.with("EbsRootVolumeIops", volume.iops());
            document.with("EbsRootVolumeThroughput", volume.throughputMibPerSecond());
        }
    }

    private static void putLifecycle(JsonMap document, Cluster.Lifecycle lifecycle) {
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
        JsonMap limits = new JsonMap()
                .with("UnitType", "InstanceFleetUnits")
                .with("MinimumCapacityUnits", scaling.minimum())
                .with("MaximumCapacityUnits", scaling.maximum())
                .with("MaximumOnDemandCapacityUnits", scaling.maximumOnDemand())
                .with("MaximumCoreCapacityUnits", scaling.maximumCore());
        return new JsonMap()
                .with("ComputeLimits", limits)
                .with("ScalingStrategy", scaling.performanceIndex() == null ? null : "ADVANCED")
                .with("UtilizationPerformanceIndex", scaling.performanceIndex());
    }

    private List<JsonMap> tags() {
        Map<String, String> allTags =
                new LinkedHashMap<>(resources.names().ownerTags().tags());
        allTags.put(OwnerTags.CREATION, creation);
        allTags.put(OwnerTags.WORKSPACE_URI, "s3://" + resources.bucketName() + "/" + resources.keyPrefix());
        resources.tags().forEach(allTags::putIfAbsent);
        return allTags.entrySet().stream()
                .map(tag -> new JsonMap().with("Key", tag.getKey()).with("Value", tag.getValue()))
                .toList();
    }

    private static @Nullable List<String> nullIfEmpty(List<String> values) {
        return values.isEmpty() ? null : values;
    }
}
