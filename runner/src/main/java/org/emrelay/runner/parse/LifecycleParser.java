package org.emrelay.runner.parse;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.ManagedScaling;
import org.emrelay.runner.model.Cluster.ScaleDown;
import org.emrelay.runner.model.InstanceFleet;
import org.jspecify.annotations.Nullable;

/** Parses auto-termination, step concurrency and managed scaling. */
record LifecycleParser(Problems problems) {
    private static final int HOUR = 3_600;
    private static final int WEEK = 604_800;
    private static final int MAX_UNITS = 1_000_000;
    private static final String LIMITS_PATH = "ManagedScalingPolicy.ComputeLimits";

    Cluster.Lifecycle parse(ClusterFile file, List<InstanceFleet> fleets) {
        boolean keepAlive = Objects.requireNonNullElse(file.keepJobFlowAliveWhenNoSteps(), true);
        if (!keepAlive) {
            problems.warning(
                    "KeepJobFlowAliveWhenNoSteps",
                    "is false: a cluster started by create_cluster has no steps yet and terminates immediately.",
                    "Remove the key: idle clusters terminate after AutoTerminationPolicy.IdleTimeout seconds.");
        }
        ClusterFile.AutoTerminationEntry autoTermination = file.autoTerminationPolicy();
        int seconds = problems.inRange(
                autoTermination == null ? null : autoTermination.idleTimeout(),
                60,
                WEEK,
                HOUR,
                "AutoTerminationPolicy.IdleTimeout");
        ScaleDown scaleDown = problems.oneOf(file.scaleDownBehavior(), ScaleDown.class, "ScaleDownBehavior");
        return new Cluster.Lifecycle(
                keepAlive,
                Duration.ofSeconds(seconds),
                Objects.requireNonNullElse(file.terminationProtected(), false),
                file.unhealthyNodeReplacement(),
                problems.inRange(file.stepConcurrencyLevel(), 1, 256, 1, "StepConcurrencyLevel"),
                scaleDown == null ? ScaleDown.TERMINATE_AT_TASK_COMPLETION : scaleDown,
                scaling(file.managedScalingPolicy(), fleets));
    }

    private @Nullable ManagedScaling scaling(ClusterFile.@Nullable ScalingEntry entry, List<InstanceFleet> fleets) {
        if (entry == null || entry.computeLimits() == null) {
            return null;
        }
        ClusterFile.LimitsEntry limits = entry.computeLimits();
        checkUnit(limits.unitType());
        int minimum =
                problems.inRange(limits.minimumCapacityUnits(), 1, MAX_UNITS, 1, LIMITS_PATH + ".MinimumCapacityUnits");
        int maximum = problems.inRange(
                limits.maximumCapacityUnits(), 1, MAX_UNITS, MAX_UNITS, LIMITS_PATH + ".MaximumCapacityUnits");
        if (minimum > maximum) {
            problems.error(
                    LIMITS_PATH + ".MinimumCapacityUnits",
                    "is " + minimum + ", which exceeds MaximumCapacityUnits (" + maximum + ").");
        }
        warnOfInitialCapacity(fleets, minimum, maximum);
        return new ManagedScaling(
                minimum,
                maximum,
                atMostMaximum(limits.maximumOnDemandCapacityUnits(), 0, maximum, "MaximumOnDemandCapacityUnits"),
                atMostMaximum(limits.maximumCoreCapacityUnits(), 1, maximum, "MaximumCoreCapacityUnits"),
                performanceIndex(entry));
    }

    private void checkUnit(@Nullable String unit) {
        if (unit != null && List.of("Instances", "VCPU").contains(unit)) {
            problems.error(
                    LIMITS_PATH + ".UnitType",
                    "'" + unit + "' applies to instance groups; fleets use InstanceFleetUnits.",
                    "Remove the key.");
        } else {
            problems.oneOf(unit, List.of("InstanceFleetUnits"), LIMITS_PATH + ".UnitType");
        }
    }

    private @Nullable Integer atMostMaximum(@Nullable Integer value, int minimum, int maximum, String key) {
        if (value != null && value >= minimum && value > maximum) {
            problems.error(
                    LIMITS_PATH + "." + key, "is " + value + ", which exceeds MaximumCapacityUnits (" + maximum + ").");
            return maximum;
        }
        return problems.optionalInRange(value, minimum, MAX_UNITS, LIMITS_PATH + "." + key);
    }

    private @Nullable Integer performanceIndex(ClusterFile.ScalingEntry entry) {
        String strategyPath = "ManagedScalingPolicy.ScalingStrategy";
        String indexPath = "ManagedScalingPolicy.UtilizationPerformanceIndex";
        String strategy = problems.oneOf(entry.scalingStrategy(), List.of("DEFAULT", "ADVANCED"), strategyPath);
        Integer index = entry.utilizationPerformanceIndex();
        if (index != null && !List.of(1, 25, 50, 75, 100).contains(index)) {
            problems.error(indexPath, "must be 1, 25, 50, 75 or 100, not " + index + ".");
        }
        if (index != null && "DEFAULT".equals(strategy)) {
            problems.error(indexPath, "requires the ADVANCED scaling strategy.", "Set ScalingStrategy to ADVANCED.");
        }
        return index == null && "ADVANCED".equals(strategy) ? Integer.valueOf(50) : index;
    }

    private void warnOfInitialCapacity(List<InstanceFleet> fleets, int minimum, int maximum) {
        int initialUnits = fleets.stream()
                .filter(fleet -> fleet.role().runsExecutors())
                .mapToInt(InstanceFleet::capacity)
                .sum();
        if (minimum <= maximum && initialUnits > maximum) {
            problems.warning(
                    LIMITS_PATH + ".MaximumCapacityUnits",
                    "the core and task fleets start with " + initialUnits + " units, which exceeds this limit of "
                            + maximum + ".",
                    "Raise the limit to " + initialUnits + " or more, or lower the fleets' target capacities.");
        }
    }
}
