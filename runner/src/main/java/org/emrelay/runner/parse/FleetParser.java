package org.emrelay.runner.parse;

import java.util.List;
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
import org.emrelay.runner.model.InstanceTypeConfig;
import org.jspecify.annotations.Nullable;

/** Reads one fleet: its capacities, and how EMR is to look for them. */
final class FleetParser {
    private static final int MOST_UNITS = 1_000_000;
    private static final int DEFAULT_TIMEOUT_MINUTES = 20;
    private static final int TYPES_WITHOUT_STRATEGY = 5;
    private static final int TYPES_WITH_STRATEGY = 30;
    private static final Pattern RESOURCE_GROUP = Pattern.compile("arn:aws[a-z-]*:resource-groups:\\S+");
    private static final List<String> ROLES = List.of("MASTER", "CORE", "TASK");

    private final ClusterFields fields;
    private final Problems problems;
    private final InstanceTypeParser types;

    FleetParser(ClusterFields fields, InstanceTypeParser types) {
        this.fields = fields;
        this.problems = fields.problems();
        this.types = types;
    }

    InstanceFleet read(ClusterFile.FleetEntry entry, String path) {
        Role role = role(entry.instanceFleetType(), path + ".InstanceFleetType");
        fields.checkName(entry.name(), path + ".Name");
        int onDemand =
                fields.within(entry.targetOnDemandCapacity(), 0, MOST_UNITS, 0, path + ".TargetOnDemandCapacity");
        int spot = fields.within(entry.targetSpotCapacity(), 0, MOST_UNITS, 0, path + ".TargetSpotCapacity");
        checkCapacity(role, entry, path);
        List<InstanceTypeConfig> instances = types.read(entry.instanceTypeConfigs(), role, onDemand, spot, path);
        ClusterFile.LaunchEntry launch = entry.launchSpecifications();
        SpotLaunch spotLaunch = spotLaunch(
                launch == null ? null : launch.spotSpecification(), spot > 0, path + ".LaunchSpecifications");
        OnDemandLaunch onDemandLaunch =
                onDemandLaunch(launch == null ? null : launch.onDemandSpecification(), path + ".LaunchSpecifications");
        checkNumberOfTypes(instances.size(), spotLaunch, onDemandLaunch, path);
        ClusterFile.ResizeEntry resize = entry.resizeSpecifications();
        String resizePath = path + ".ResizeSpecifications";
        return new InstanceFleet(
                role,
                Objects.requireNonNullElse(entry.name(), role.word()),
                onDemand,
                spot,
                instances,
                spotLaunch,
                onDemandLaunch,
                spotResize(resize == null ? null : resize.spotResizeSpecification(), resizePath),
                onDemandResize(resize == null ? null : resize.onDemandResizeSpecification(), resizePath));
    }

    private Role role(@Nullable String written, String path) {
        String known = fields.oneOf(written, ROLES, path);
        return known == null ? Role.CORE : Role.valueOf(known);
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
                    "the " + role.word() + " fleet has no capacity.",
                    role == Role.TASK
                            ? "Set TargetOnDemandCapacity or TargetSpotCapacity, or remove the fleet."
                            : "Set TargetOnDemandCapacity or TargetSpotCapacity.");
        }
    }

    private void checkPrimary(int onDemand, int spot, String path) {
        if ((long) onDemand + spot != 1) {
            problems.error(
                    path,
                    "the primary fleet has a capacity of " + ((long) onDemand + spot) + "; it is one node.",
                    "Set TargetOnDemandCapacity to 1 and leave TargetSpotCapacity out.");
        } else if (spot == 1) {
            problems.warning(
                    path + ".TargetSpotCapacity",
                    "when EC2 takes the spot machine of the primary node back, the whole cluster ends.",
                    "Set TargetOnDemandCapacity to 1 instead.");
        }
    }

    private void checkNumberOfTypes(
            int count, @Nullable SpotLaunch spot, @Nullable OnDemandLaunch onDemand, String path) {
        boolean strategy = onDemand != null || (spot != null && spot.strategy() != null);
        if (count > TYPES_WITH_STRATEGY) {
            problems.error(
                    path + ".InstanceTypeConfigs",
                    "there are " + count + " instance types; EMR takes at most " + TYPES_WITH_STRATEGY + ".");
        } else if (count > TYPES_WITHOUT_STRATEGY && !strategy) {
            problems.error(
                    path + ".InstanceTypeConfigs",
                    "there are " + count + " instance types; without an allocation strategy EMR takes at most "
                            + TYPES_WITHOUT_STRATEGY + ".",
                    "Set LaunchSpecifications.SpotSpecification.AllocationStrategy to price-capacity-optimized.");
        }
    }

    /** A fleet that wants spot machines and does not say how gets the strategy that AWS recommends, and on-demand ones after a while. */
    private @Nullable SpotLaunch spotLaunch(ClusterFile.@Nullable SpotEntry entry, boolean wanted, String parent) {
        if (entry == null) {
            return wanted
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
                    "EC2 ended spot blocks in 2022 and EMR refuses this key: it is not sent.",
                    "Remove it.");
        }
        TimeoutAction action = fields.choice(entry.timeoutAction(), TimeoutAction.class, path + ".TimeoutAction");
        return new SpotLaunch(
                fields.within(
                        entry.timeoutDurationMinutes(),
                        5,
                        1440,
                        DEFAULT_TIMEOUT_MINUTES,
                        path + ".TimeoutDurationMinutes"),
                action == null ? TimeoutAction.SWITCH_TO_ON_DEMAND : action,
                fields.choice(entry.allocationStrategy(), SpotStrategy.class, path + ".AllocationStrategy"));
    }

    private @Nullable OnDemandLaunch onDemandLaunch(ClusterFile.@Nullable OnDemandEntry entry, String parent) {
        if (entry == null) {
            return null;
        }
        String path = parent + ".OnDemandSpecification";
        OnDemandStrategy strategy =
                fields.choice(entry.allocationStrategy(), OnDemandStrategy.class, path + ".AllocationStrategy");
        return new OnDemandLaunch(
                strategy == null ? OnDemandStrategy.LOWEST_PRICE : strategy,
                reservation(entry.capacityReservationOptions(), path));
    }

    private @Nullable SpotResize spotResize(ClusterFile.@Nullable SpotResizeEntry entry, String parent) {
        String path = parent + ".SpotResizeSpecification";
        return entry == null
                ? null
                : new SpotResize(
                        fields.optionallyWithin(
                                entry.timeoutDurationMinutes(), 5, 10_080, path + ".TimeoutDurationMinutes"),
                        fields.choice(entry.allocationStrategy(), SpotStrategy.class, path + ".AllocationStrategy"));
    }

    private @Nullable OnDemandResize onDemandResize(ClusterFile.@Nullable OnDemandResizeEntry entry, String parent) {
        String path = parent + ".OnDemandResizeSpecification";
        return entry == null
                ? null
                : new OnDemandResize(
                        fields.optionallyWithin(
                                entry.timeoutDurationMinutes(), 5, 10_080, path + ".TimeoutDurationMinutes"),
                        fields.choice(entry.allocationStrategy(), OnDemandStrategy.class, path + ".AllocationStrategy"),
                        reservation(entry.capacityReservationOptions(), path));
    }

    private @Nullable CapacityReservation reservation(ClusterFile.@Nullable ReservationEntry entry, String parent) {
        if (entry == null) {
            return null;
        }
        String path = parent + ".CapacityReservationOptions";
        String usage = fields.oneOf(
                entry.usageStrategy(), List.of("use-capacity-reservations-first"), path + ".UsageStrategy");
        return new CapacityReservation(
                usage != null,
                fields.oneOf(entry.preference(), List.of("open", "none"), path + ".CapacityReservationPreference"),
                fields.matching(
                        entry.resourceGroupArn(),
                        RESOURCE_GROUP,
                        "the ARN of a resource group",
                        path + ".CapacityReservationResourceGroupArn"));
    }
}
