package org.emrelay.runner.parse;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.ClusterLifecycle;
import org.emrelay.runner.model.ClusterLifecycle.ManagedScaling;
import org.emrelay.runner.model.ClusterLifecycle.ScaleDown;
import org.emrelay.runner.model.InstanceFleet;
import org.jspecify.annotations.Nullable;

/** Reads when the cluster grows, shrinks and ends. */
final class LifecycleParser {
    private static final int HOUR = 3_600;
    private static final int WEEK = 604_800;
    private static final int MOST_UNITS = 1_000_000;
    private static final String LIMITS = "ManagedScalingPolicy.ComputeLimits";

    private final ClusterFields fields;
    private final Problems problems;

    LifecycleParser(ClusterFields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    ClusterLifecycle read(ClusterFile file, List<InstanceFleet> fleets) {
        boolean alive = Objects.requireNonNullElse(file.keepJobFlowAliveWhenNoSteps(), true);
        if (!alive) {
            problems.warning(
                    "KeepJobFlowAliveWhenNoSteps",
                    "is false: a cluster that create_cluster starts has no steps yet and ends at once.",
                    "Remove the key; an idle cluster ends by itself after AutoTerminationPolicy.IdleTimeout seconds.");
        }
        ClusterFile.AutoTerminationEntry idle = file.autoTerminationPolicy();
        int seconds = fields.within(
                idle == null ? null : idle.idleTimeout(), 60, WEEK, HOUR, "AutoTerminationPolicy.IdleTimeout");
        ScaleDown scaleDown = fields.choice(file.scaleDownBehavior(), ScaleDown.class, "ScaleDownBehavior");
        return new ClusterLifecycle(
                alive,
                Duration.ofSeconds(seconds),
                Objects.requireNonNullElse(file.terminationProtected(), false),
                file.unhealthyNodeReplacement(),
                fields.within(file.stepConcurrencyLevel(), 1, 256, 1, "StepConcurrencyLevel"),
                scaleDown == null ? ScaleDown.TERMINATE_AT_TASK_COMPLETION : scaleDown,
                scaling(file.managedScalingPolicy(), fleets));
    }

    private @Nullable ManagedScaling scaling(ClusterFile.@Nullable ScalingEntry entry, List<InstanceFleet> fleets) {
        if (entry == null || entry.computeLimits() == null) {
            return null;
        }
        ClusterFile.LimitsEntry limits = entry.computeLimits();
        checkUnit(limits.unitType());
        int minimum = fields.within(limits.minimumCapacityUnits(), 1, MOST_UNITS, 1, LIMITS + ".MinimumCapacityUnits");
        int maximum = fields.within(
                limits.maximumCapacityUnits(), 1, MOST_UNITS, MOST_UNITS, LIMITS + ".MaximumCapacityUnits");
        if (minimum > maximum) {
            problems.error(
                    LIMITS + ".MinimumCapacityUnits",
                    "is " + minimum + ", more than MaximumCapacityUnits, " + maximum + ".");
        }
        warnOfStart(fleets, minimum, maximum);
        return new ManagedScaling(
                minimum,
                maximum,
                upTo(limits.maximumOnDemandCapacityUnits(), 0, maximum, "MaximumOnDemandCapacityUnits"),
                upTo(limits.maximumCoreCapacityUnits(), 1, maximum, "MaximumCoreCapacityUnits"),
                performanceIndex(entry));
    }

    private void checkUnit(@Nullable String unit) {
        if (unit != null && List.of("Instances", "VCPU").contains(unit)) {
            problems.error(
                    LIMITS + ".UnitType",
                    "'" + unit + "' is for instance groups; fleets are counted in InstanceFleetUnits.",
                    "Remove the key.");
        } else {
            fields.oneOf(unit, List.of("InstanceFleetUnits"), LIMITS + ".UnitType");
        }
    }

    private @Nullable Integer upTo(@Nullable Integer value, int least, int maximum, String key) {
        if (value != null && value >= least && value > maximum) {
            problems.error(LIMITS + "." + key, "is " + value + ", more than MaximumCapacityUnits, " + maximum + ".");
            return maximum;
        }
        return fields.optionallyWithin(value, least, MOST_UNITS, LIMITS + "." + key);
    }

    private @Nullable Integer performanceIndex(ClusterFile.ScalingEntry entry) {
        String strategyPath = "ManagedScalingPolicy.ScalingStrategy";
        String indexPath = "ManagedScalingPolicy.UtilizationPerformanceIndex";
        String strategy = fields.oneOf(entry.scalingStrategy(), List.of("DEFAULT", "ADVANCED"), strategyPath);
        Integer index = entry.utilizationPerformanceIndex();
        if (index != null && !List.of(1, 25, 50, 75, 100).contains(index)) {
            problems.error(indexPath, "must be 1, 25, 50, 75 or 100, not " + index + ".");
        }
        if (index != null && "DEFAULT".equals(strategy)) {
            problems.error(indexPath, "is for the strategy ADVANCED.", "Set ScalingStrategy to ADVANCED.");
        }
        return index == null && "ADVANCED".equals(strategy) ? Integer.valueOf(50) : index;
    }

    private void warnOfStart(List<InstanceFleet> fleets, int minimum, int maximum) {
        int start = fleets.stream()
                .filter(fleet -> fleet.role().runsExecutors())
                .mapToInt(InstanceFleet::capacity)
                .sum();
        if (minimum <= maximum && start > maximum) {
            problems.warning(
                    LIMITS + ".MaximumCapacityUnits",
                    "the core and task fleets start with " + start + " units, more than the " + maximum
                            + " that scaling allows.",
                    "Raise it to " + start + " or more, or lower the fleets' targets.");
        }
    }
}
