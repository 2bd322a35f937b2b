package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceFleet.CapacityReservation;
import org.emrelay.runner.model.InstanceFleet.OnDemandLaunch;
import org.emrelay.runner.model.InstanceFleet.OnDemandResize;
import org.emrelay.runner.model.InstanceFleet.OnDemandStrategy;
import org.emrelay.runner.model.InstanceFleet.Role;
import org.emrelay.runner.model.InstanceFleet.SpotLaunch;
import org.emrelay.runner.model.InstanceFleet.SpotResize;
import org.emrelay.runner.model.InstanceFleet.SpotStrategy;
import org.emrelay.runner.model.InstanceFleet.TimeoutAction;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceHardware.Architecture;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.jspecify.annotations.Nullable;

/** Parses the instance fleets and checks them together: roles and architectures. */
record FleetParser(Problems problems, InstanceTypeParser types) {
    private static final String PATH = "InstanceFleets";
    private static final int MAX_UNITS = 1_000_000;
    private static final int DEFAULT_TIMEOUT_MINUTES = 20;
    private static final int MAX_TYPES_WITHOUT_STRATEGY = 5;
    private static final int MAX_TYPES_WITH_STRATEGY = 30;
    private static final Pattern RESOURCE_GROUP = Pattern.compile("arn:aws[a-z-]*:resource-groups:\\S+");

    List<InstanceFleet> parse(List<ClusterFile.FleetEntry> entries) {
        List<InstanceFleet> fleets = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            fleets.add(parse(entries.get(i), PATH + "[" + i + "]"));
        }
        checkRoles(entries);
        checkArchitectures(fleets);
        return fleets;
    }

    private void checkRoles(List<ClusterFile.FleetEntry> entries) {
        if (entries.stream().anyMatch(entry -> entry.instanceFleetType() == null)) {
            return;
        }
        for (Role role : Role.values()) {
            long count = entries.stream()
                    .filter(entry -> role.name().equals(entry.instanceFleetType()))
                    .count();
            if (count > 1) {
                problems.error(PATH, "there are " + count + " " + role + " fleets; EMR allows one.");
            } else if (count == 0 && role != Role.TASK) {
                problems.error(
                        PATH,
                        "the " + role + " fleet is missing.",
                        role == Role.MASTER
                                ? "Add one with TargetOnDemandCapacity 1."
                                : "Add one: it runs HDFS and executors.");
            }
        }
    }

    /** Native libraries in jars and software from bootstrap actions are compiled for one architecture. */
    private void checkArchitectures(List<InstanceFleet> fleets) {
        Map<Architecture, String> firstTypes = new LinkedHashMap<>();
        for (InstanceFleet fleet : fleets) {
            fleet.types()
                    .forEach(type -> firstTypes.putIfAbsent(InstanceHardware.architectureOf(type.type()), type.type()));
        }
        if (firstTypes.size() > 1) {
            problems.warning(
                    PATH,
                    "the fleets mix " + Architecture.X86_64.label() + " (" + firstTypes.get(Architecture.X86_64)
                            + ") and " + Architecture.ARM_64.label() + " (" + firstTypes.get(Architecture.ARM_64)
                            + ") instances.",
                    "Every bootstrap action, custom AMI and native library in a jar must support both architectures;"
                            + " prefer instance types of one architecture.");
        }
    }

    private InstanceFleet parse(ClusterFile.FleetEntry entry, String path) {
        Role role = Objects.requireNonNullElse(
                problems.oneOf(entry.instanceFleetType(), Role.class, path + ".InstanceFleetType"), Role.CORE);
        problems.checkName(entry.name(), path + ".Name");
        int onDemand =
                problems.inRange(entry.targetOnDemandCapacity(), 0, MAX_UNITS, 0, path + ".TargetOnDemandCapacity");
        int spot = problems.inRange(entry.targetSpotCapacity(), 0, MAX_UNITS, 0, path + ".TargetSpotCapacity");
        checkCapacity(role, entry, path);
        List<InstanceTypeConfig> instances = types.parse(entry.instanceTypeConfigs(), role, onDemand, spot, path);
        ClusterFile.LaunchEntry launchEntry = entry.launchSpecifications();
        SpotLaunch spotLaunch = spotLaunch(
                launchEntry == null ? null : launchEntry.spotSpecification(), spot > 0, path + ".LaunchSpecifications");
        OnDemandLaunch onDemandLaunch = onDemandLaunch(
                launchEntry == null ? null : launchEntry.onDemandSpecification(), path + ".LaunchSpecifications");
        checkNumberOfTypes(instances.size(), spotLaunch, onDemandLaunch, path);
        ClusterFile.ResizeEntry resizeEntry = entry.resizeSpecifications();
        String resizePath = path + ".ResizeSpecifications";
        return new InstanceFleet(
                role,
                Objects.requireNonNullElse(entry.name(), role.label()),
                onDemand,
                spot,
                instances,
                spotLaunch,
                onDemandLaunch,
                spotResize(resizeEntry == null ? null : resizeEntry.spotResizeSpecification(), resizePath),
                onDemandResize(resizeEntry == null ? null : resizeEntry.onDemandResizeSpecification(), resizePath));
    }

    private void checkCapacity(Role role, ClusterFile.FleetEntry entry, String path) {
        int onDemand = Objects.requireNonNullElse(entry.targetOnDemandCapacity(), 0);
        int spot = Objects.requireNonNullElse(entry.targetSpotCapacity(), 0);
        if (onDemand < 0 || spot < 0 || entry.instanceFleetType() == null) {
            return;
        }
        if (role == Role.MASTER) {
            checkPrimary(onDemand, spot, path);
        } else if (onDemand == 0 && spot == 0) {
            problems.error(
                    path,
                    "the " + role.label() + " fleet has no capacity.",
                    role == Role.TASK
                            ? "Set TargetOnDemandCapacity or TargetSpotCapacity, or remove the fleet."
                            : "Set TargetOnDemandCapacity or TargetSpotCapacity.");
        }
    }

    private void checkPrimary(int onDemand, int spot, String path) {
        if ((long) onDemand + spot != 1) {
            problems.error(
                    path,
                    "the primary fleet has a capacity of " + ((long) onDemand + spot) + "; it must be 1.",
                    "Set TargetOnDemandCapacity to 1 and remove TargetSpotCapacity.");
        } else if (spot == 1) {
            problems.warning(
                    path + ".TargetSpotCapacity",
                    "if EC2 interrupts the Spot Instance of the primary node, the whole cluster terminates.",
                    "Set TargetOnDemandCapacity to 1 instead.");
        }
    }

    private void checkNumberOfTypes(
            int count, @Nullable SpotLaunch spot, @Nullable OnDemandLaunch onDemand, String path) {
        boolean strategy = onDemand != null || (spot != null && spot.strategy() != null);
        if (count > MAX_TYPES_WITH_STRATEGY) {
            problems.error(
                    path + ".InstanceTypeConfigs",
                    "there are " + count + " instance types; EMR allows at most " + MAX_TYPES_WITH_STRATEGY + ".");
        } else if (count > MAX_TYPES_WITHOUT_STRATEGY && !strategy) {
            problems.error(
                    path + ".InstanceTypeConfigs",
                    "there are " + count + " instance types; without an allocation strategy EMR allows at most "
                            + MAX_TYPES_WITHOUT_STRATEGY + ".",
                    "Set LaunchSpecifications.SpotSpecification.AllocationStrategy to price-capacity-optimized.");
        }
    }

    /** Without a specification, spot capacity gets the strategy that AWS recommends and falls back to on-demand. */
    private @Nullable SpotLaunch spotLaunch(
            ClusterFile.@Nullable SpotEntry entry, boolean hasSpotCapacity, String parent) {
        if (entry == null) {
            return hasSpotCapacity
                    ? new SpotLaunch(
                            DEFAULT_TIMEOUT_MINUTES,
                            TimeoutAction.SWITCH_TO_ON_DEMAND,
                            SpotStrategy.PRICE_CAPACITY_OPTIMIZED)
                    : null;
        }
        String path = parent + ".SpotSpecification";
        if (entry.blockDurationMinutes() != null) {
            problems.warning(
                    path + ".BlockDurationMinutes",
                    "EC2 discontinued Spot blocks in 2022 and EMR rejects this key; it is ignored.",
                    "Remove it.");
        }
        TimeoutAction action = problems.oneOf(entry.timeoutAction(), TimeoutAction.class, path + ".TimeoutAction");
        return new SpotLaunch(
                problems.inRange(
                        entry.timeoutDurationMinutes(),
                        5,
                        1440,
                        DEFAULT_TIMEOUT_MINUTES,
                        path + ".TimeoutDurationMinutes"),
                action == null ? TimeoutAction.SWITCH_TO_ON_DEMAND : action,
                problems.oneOf(entry.allocationStrategy(), SpotStrategy.class, path + ".AllocationStrategy"));
    }

    private @Nullable OnDemandLaunch onDemandLaunch(ClusterFile.@Nullable OnDemandEntry entry, String parent) {
        if (entry == null) {
            return null;
        }
        String path = parent + ".OnDemandSpecification";
        OnDemandStrategy strategy =
                problems.oneOf(entry.allocationStrategy(), OnDemandStrategy.class, path + ".AllocationStrategy");
        return new OnDemandLaunch(
                strategy == null ? OnDemandStrategy.LOWEST_PRICE : strategy,
                reservation(entry.capacityReservationOptions(), path));
    }

    private @Nullable SpotResize spotResize(ClusterFile.@Nullable SpotResizeEntry entry, String parent) {
        String path = parent + ".SpotResizeSpecification";
        return entry == null
                ? null
                : new SpotResize(
                        problems.optionalInRange(
                                entry.timeoutDurationMinutes(), 5, 10_080, path + ".TimeoutDurationMinutes"),
                        problems.oneOf(entry.allocationStrategy(), SpotStrategy.class, path + ".AllocationStrategy"));
    }

    private @Nullable OnDemandResize onDemandResize(ClusterFile.@Nullable OnDemandResizeEntry entry, String parent) {
        String path = parent + ".OnDemandResizeSpecification";
        return entry == null
                ? null
                : new OnDemandResize(
                        problems.optionalInRange(
                                entry.timeoutDurationMinutes(), 5, 10_080, path + ".TimeoutDurationMinutes"),
                        problems.oneOf(
                                entry.allocationStrategy(), OnDemandStrategy.class, path + ".AllocationStrategy"),
                        reservation(entry.capacityReservationOptions(), path));
    }

    private @Nullable CapacityReservation reservation(ClusterFile.@Nullable ReservationEntry entry, String parent) {
        if (entry == null) {
            return null;
        }
        String path = parent + ".CapacityReservationOptions";
        String usage = problems.oneOf(
                entry.usageStrategy(), List.of("use-capacity-reservations-first"), path + ".UsageStrategy");
        return new CapacityReservation(
                usage != null,
                problems.oneOf(
                        entry.capacityReservationPreference(),
                        List.of("open", "none"),
                        path + ".CapacityReservationPreference"),
                problems.matching(
                        entry.capacityReservationResourceGroupArn(),
                        RESOURCE_GROUP,
                        "the ARN of a resource group",
                        path + ".CapacityReservationResourceGroupArn"));
    }
}
