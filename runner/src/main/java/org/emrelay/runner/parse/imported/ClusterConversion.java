package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.parse.ClusterFileReader;
import org.jspecify.annotations.Nullable;

/** Converts a RunJobFlow request, or EMR's description of a cluster, to a cluster file. */
final class ClusterConversion {
    /** The keys of the objects in which requests and descriptions put what a cluster file has at the top. */
    private static final Set<String> NESTED = Set.of("Instances", "Ec2InstanceAttributes", "Ec2Attributes");

    private static final Map<String, String> RENAMED = Map.of(
            "IamInstanceProfile", "JobFlowRole",
            "InstanceProfile", "JobFlowRole",
            "KeyName", "Ec2KeyName",
            "RequestedEc2SubnetIds", "Ec2SubnetIds",
            "SubnetIds", "Ec2SubnetIds",
            "SubnetId", "Ec2SubnetId");

    /** What EMR manages, and what other keys say too. */
    private static final Set<String> MANAGED = Set.of(
            "Id",
            "Status",
            "ClusterArn",
            "ClusterId",
            "NormalizedInstanceHours",
            "MasterPublicDnsName",
            "InstanceCollectionType",
            "RequestedAmiVersion",
            "RunningAmiVersion",
            "VisibleToAllUsers",
            "Ec2AvailabilityZone",
            "ExtendedSupport",
            "Steps");

    /** What Emrelay creates or chooses where a cluster file does not say it. */
    private static final Set<String> CREATED = Set.of(
            "Name",
            "LogUri",
            "ServiceRole",
            "JobFlowRole",
            "SecurityConfiguration",
            "Ec2SubnetIds",
            "EmrManagedMasterSecurityGroup",
            "EmrManagedSlaveSecurityGroup",
            "ServiceAccessSecurityGroup");

    private static final String OWN_TAG = "emrelay:";
    private static final String OWN_NAME = "emrelay-";
    private static final String REGION = "fs.s3a.endpoint.region";

    private final BundleFiles bundle;
    private final ImportNotices notices;
    private final Map<String, @Nullable Object> keys = new LinkedHashMap<>();

    private ClusterConversion(BundleFiles bundle, ImportNotices notices) {
        this.bundle = bundle;
        this.notices = notices;
    }

    /** The keys of a cluster file; empty without a cluster. */
    static Map<String, Object> convert(JsonTree cluster, BundleFiles bundle, ImportNotices notices) {
        return new ClusterConversion(bundle, notices).convert(cluster);
    }

    /** The deploy mode of a spark-submit command that names none. */
    static String defaultDeployMode(JsonTree cluster) {
        return cluster.get("Configurations").elements().stream()
                .filter(each -> each.get("Classification").text().orElse("").equals("spark-defaults"))
                .flatMap(each -> each.get("Properties").get("spark.submit.deployMode").text().stream())
                .findFirst()
                .orElse("client");
    }

    private Map<String, Object> convert(JsonTree cluster) {
        cluster.members().forEach((key, value) -> {
            if (NESTED.contains(key) && value.isObject()) {
                value.members().forEach(this::put);
            } else {
                put(key, value);
            }
        });
        if (keys.isEmpty()) {
            return new LinkedHashMap<>();
        }
        putSubnets();
        putFleets();
        putLifecycle();
        putBootstrapActions();
        putTags();
        return new ClusterKeyCopy(notices).copy(new JsonTree(keys), ClusterFileReader.schema(), "");
    }

    private void put(String key, JsonTree value) {
        if (!MANAGED.contains(key) && !value.isEmpty()) {
            keys.putIfAbsent(RENAMED.getOrDefault(key, key), value.value());
        }
    }

    private JsonTree take(String key) {
        return new JsonTree(keys.remove(key));
    }

    private void putSubnets() {
        Optional<String> subnet = take("Ec2SubnetId").text();
        if (subnet.isPresent() && !keys.containsKey("Ec2SubnetIds")) {
            keys.put("Ec2SubnetIds", List.of(subnet.get()));
        }
    }

    private void putFleets() {
        FleetConversion fleets = new FleetConversion(notices);
        List<JsonTree> groups = take("InstanceGroups").elements();
        JsonTree written = new JsonTree(keys.get("InstanceFleets"));
        if (!written.elements().isEmpty()) {
            keys.put("InstanceFleets", fleets.fleets(written.elements()));
        } else if (!groups.isEmpty()) {
            keys.put("InstanceFleets", fleets.ofGroups(groups));
        } else {
            putUniformInstances(fleets);
        }
        JsonTree scaling = new JsonTree(keys.get("ManagedScalingPolicy"));
        JsonTree limits = scaling.get("ComputeLimits");
        if (!groups.isEmpty() && limits.get("UnitType").text().orElse("").equals("Instances")) {
            keys.put(
                    "ManagedScalingPolicy",
                    scaling.with(
                                    "ComputeLimits",
                                    limits.with("UnitType", "InstanceFleetUnits")
                                            .value())
                            .value());
        }
    }

    /** One instance type for the primary node and one for the others. */
    private void putUniformInstances(FleetConversion fleets) {
        JsonTree primary = take("MasterInstanceType");
        JsonTree core = take("SlaveInstanceType");
        long count = take("InstanceCount").integer().orElse(0L);
        if (primary.text().isPresent()) {
            List<JsonTree> groups = new ArrayList<>();
            groups.add(group("MASTER", primary, 1));
            if (count > 1) {
                groups.add(group("CORE", core.text().isPresent() ? core : primary, count - 1));
            }
            keys.put("InstanceFleets", fleets.ofGroups(groups));
        }
    }

    private static JsonTree group(String role, JsonTree type, long count) {
        return new JsonTree(
                Map.of("InstanceRole", role, "InstanceType", type.text().orElse(""), "InstanceCount", count));
    }

    private void putLifecycle() {
        JsonTree keepsAlive = take("KeepJobFlowAliveWhenNoSteps");
        JsonTree ends = take("AutoTerminate");
        if (Boolean.FALSE.equals(keepsAlive.value()) || ends.isTrue()) {
            notices.changed(
                    "KeepJobFlowAliveWhenNoSteps",
                    "false is not written: a run terminates the cluster after its last step in any case.");
        }
        if (new JsonTree(keys.get("LogUri")).text().orElse("").startsWith("s3n://")) {
            keys.put("LogUri", String.valueOf(keys.get("LogUri")).replaceFirst("s3n", "s3"));
        }
    }

    private void putBootstrapActions() {
        List<Object> actions = new ArrayList<>();
        for (JsonTree action : take("BootstrapActions").elements()) {
            JsonTree script = action.has("ScriptBootstrapAction") ? action.get("ScriptBootstrapAction") : action;
            String path = script.first("Path", "ScriptPath").text().orElse("");
            String name = action.get("Name").text().orElse(path);
            Optional<String> local = bundle.locate(path);
            if (path.isEmpty() || (local.isEmpty() && DeploymentValues.hasToken(path))) {
                notices.lost(
                        "BootstrapActions." + name,
                        path.isEmpty()
                                ? "it has no script."
                                : "its script, " + ImportNotices.shortened(path)
                                        + ", is known only where the state machine is deployed.");
                continue;
            }
            Map<String, @Nullable Object> found = new LinkedHashMap<>();
            found.put("Path", local.orElse(path));
            found.put("Args", script.get("Args").value());
            Map<String, @Nullable Object> converted = new LinkedHashMap<>();
            converted.put("Name", action.get("Name").value());
            converted.put("ScriptBootstrapAction", found);
            actions.add(converted);
        }
        keys.put("BootstrapActions", actions);
    }

    /** Resources of our own are deleted with their cluster, so another cluster gets new ones. */
    private void putTags() {
        List<Object> tags = new ArrayList<>();
        boolean isOwn = false;
        for (JsonTree tag : take("Tags").elements()) {
            String key = tag.get("Key").text().orElse("");
            isOwn |= key.startsWith(OWN_TAG);
            if (!key.startsWith(OWN_TAG) && !key.startsWith("aws:") && tag.value() != null) {
                tags.add(tag.value());
            }
        }
        keys.put("Tags", tags);
        if (isOwn) {
            removeOwnResources();
        }
    }

    private void removeOwnResources() {
        // EMR's name of a cluster of ours ends with the ID of its creation.
        keys.computeIfPresent("Name", (key, name) -> String.valueOf(name).replaceFirst(" \\[[^\\]]*\\]$", ""));
        boolean ownsRole = isOwnName(keys.get("ServiceRole"));
        for (String key : CREATED) {
            boolean isGroup = key.endsWith("SecurityGroup");
            Object value = keys.get(key);
            if (DeploymentValues.hasToken(String.valueOf(value)) || isOwnName(value) || (isGroup && ownsRole)) {
                keys.remove(key);
            }
        }
        List<Object> configurations = new ArrayList<>();
        for (JsonTree configuration : new JsonTree(keys.get("Configurations")).elements()) {
            JsonTree properties = configuration.get("Properties");
            boolean isRegionOnly = properties.members().keySet().equals(Set.of(REGION));
            Object kept = properties.has(REGION)
                    ? configuration
                            .with("Properties", properties.without(REGION).value())
                            .value()
                    : configuration.value();
            if (kept != null && !isRegionOnly) {
                configurations.add(kept);
            }
        }
        keys.put("Configurations", configurations);
    }

    private static boolean isOwnName(@Nullable Object value) {
        return value instanceof String text
                && (text.startsWith(OWN_NAME) || text.startsWith("s3://" + OWN_NAME) || text.contains("/" + OWN_NAME));
    }
}
