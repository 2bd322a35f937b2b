package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts EMR's descriptions of instance fleets and instance groups to the form of a request with fleets. */
final class FleetConversion {
    private static final String FLEET_TYPES = "InstanceTypeConfigs";

    private final ImportNotices notices;

    FleetConversion(ImportNotices notices) {
        this.notices = notices;
    }

    /** The fleets of a request or of a description. */
    List<Object> fleets(List<JsonTree> written) {
        List<Object> fleets = new ArrayList<>();
        for (JsonTree fleet : written) {
            JsonTree types = fleet.first(FLEET_TYPES, "InstanceTypeSpecifications");
            Map<String, @Nullable Object> converted = new LinkedHashMap<>();
            fleet.without("InstanceTypeSpecifications")
                    .members()
                    .forEach((key, value) -> converted.put(key, value.value()));
            converted.put(
                    FLEET_TYPES,
                    types.elements().stream().map(FleetConversion::type).toList());
            fleets.add(converted);
        }
        return fleets;
    }

    private static @Nullable Object type(JsonTree type) {
        return type.has("EbsBlockDevices") || type.has("EbsOptimized")
                ? type.without("EbsBlockDevices")
                        .without("EbsOptimized")
                        .with("EbsConfiguration", ebs(type))
                        .value()
                : type.value();
    }

    /** A description has a device for each volume. */
    private static Map<String, Object> ebs(JsonTree described) {
        Map<Object, Long> counts = new LinkedHashMap<>();
        for (JsonTree device : described.get("EbsBlockDevices").elements()) {
            Object specification = device.get("VolumeSpecification").value();
            if (specification != null) {
                counts.merge(specification, 1L, Long::sum);
            }
        }
        Map<String, Object> ebs = new LinkedHashMap<>();
        List<Object> devices = new ArrayList<>();
        counts.forEach((specification, count) ->
                devices.add(Map.of("VolumeSpecification", specification, "VolumesPerInstance", count)));
        ebs.put("EbsBlockDeviceConfigs", devices);
        if (described.get("EbsOptimized").isTrue()) {
            ebs.put("EbsOptimized", true);
        }
        return ebs;
    }

    /** One fleet for each role, with the types and the capacity of its groups. */
    List<Object> ofGroups(List<JsonTree> groups) {
        Map<String, List<JsonTree>> byRole = groups.stream()
                .filter(JsonTree::isObject)
                .collect(Collectors.groupingBy(FleetConversion::role, LinkedHashMap::new, Collectors.toList()));
        List<Object> fleets = new ArrayList<>();
        byRole.forEach((role, ofRole) -> fleets.add(fleet(role, ofRole)));
        notices.changed(
                "InstanceGroups",
                "they become instance fleets, one for each role, in which EMR may replace a type only by those that you add.");
        return fleets;
    }

    private static String role(JsonTree group) {
        return group.first("InstanceRole", "InstanceGroupType").text().orElse("CORE");
    }

    private Map<String, Object> fleet(String role, List<JsonTree> groups) {
        Map<String, Object> types = new LinkedHashMap<>();
        long onDemand = 0;
        long spot = 0;
        for (JsonTree group : groups) {
            long count = group.first("InstanceCount", "RequestedInstanceCount", "RunningInstanceCount")
                    .integer()
                    .orElse(0L);
            boolean isSpot = group.get("Market").text().orElse("").equals("SPOT") || group.has("BidPrice");
            onDemand += isSpot ? 0 : count;
            spot += isSpot ? count : 0;
            Object type = groupType(group).value();
            types.putIfAbsent(group.get("InstanceType").text().orElse(""), type == null ? Map.of() : type);
            if (group.has("AutoScalingPolicy")) {
                notices.lost(
                        "InstanceGroups." + role + ".AutoScalingPolicy",
                        "fleets have no such policy. Use ManagedScalingPolicy.");
            }
        }
        if (role.equals("MASTER") && onDemand + spot > 1) {
            notices.lost("InstanceGroups.MASTER", "a fleet has one primary node, not " + (onDemand + spot) + ".");
            onDemand = spot > 0 ? 0 : 1;
            spot = spot > 0 ? 1 : 0;
        }
        Map<String, Object> fleet = new LinkedHashMap<>();
        groups.get(0).get("Name").text().ifPresent(name -> fleet.put("Name", name));
        fleet.put("InstanceFleetType", role);
        fleet.put(
                spot > 0 && onDemand == 0 ? "TargetSpotCapacity" : "TargetOnDemandCapacity",
                onDemand == 0 ? spot : onDemand);
        if (spot > 0 && onDemand > 0) {
            fleet.put("TargetSpotCapacity", spot);
        }
        fleet.put(FLEET_TYPES, List.copyOf(types.values()));
        return fleet;
    }

    private static JsonTree groupType(JsonTree group) {
        Map<String, @Nullable Object> type = new LinkedHashMap<>();
        for (String key : List.of("InstanceType", "BidPrice", "EbsConfiguration", "Configurations", "CustomAmiId")) {
            if (group.has(key)) {
                type.put(key, group.get(key).value());
            }
        }
        JsonTree plain = new JsonTree(type);
        return group.has("EbsBlockDevices") ? plain.with("EbsConfiguration", ebs(group)) : plain;
    }
}
