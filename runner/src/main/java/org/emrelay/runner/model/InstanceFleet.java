package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one role: how much of them is wanted, and which types of machine may give it.
 *
 * @param onDemandCapacity in units, of which each type gives its weight
 * @param spotCapacity likewise
 * @param types in the file's order
 * @param spotLaunch how spot capacity is sought; null when none is wanted
 * @param onDemandLaunch how on-demand capacity is sought; null for EMR's default
 * @param spotResize how spot capacity is sought when the running fleet grows; null for EMR's default
 * @param onDemandResize likewise for on-demand capacity
 */
public record InstanceFleet(
        Role role,
        String name,
        int onDemandCapacity,
        int spotCapacity,
        List<InstanceTypeConfig> types,
        @Nullable SpotLaunch spotLaunch,
        @Nullable OnDemandLaunch onDemandLaunch,
        @Nullable SpotResize spotResize,
        @Nullable OnDemandResize onDemandResize) {

    /** What the nodes of a fleet do, under EMR's own names. */
    public enum Role {
        /** EMR calls it the primary node everywhere but in its API. */
        MASTER("primary"),
        CORE("core"),
        TASK("task");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        /** The role in a sentence. */
        public String word() {
            return word;
        }

        public boolean runsExecutors() {
            return this != MASTER;
        }
    }

    /** How EMR chooses among spot pools. */
    public enum SpotStrategy implements EmrEnum {
        CAPACITY_OPTIMIZED("capacity-optimized"),
        PRICE_CAPACITY_OPTIMIZED("price-capacity-optimized"),
        LOWEST_PRICE("lowest-price"),
        DIVERSIFIED("diversified"),
        CAPACITY_OPTIMIZED_PRIORITIZED("capacity-optimized-prioritized");

        private final String emrName;

        SpotStrategy(String emrName) {
            this.emrName = emrName;
        }

        @Override
        public String emrName() {
            return emrName;
        }
    }

    /** How EMR chooses among types for on-demand capacity. */
    public enum OnDemandStrategy implements EmrEnum {
        LOWEST_PRICE("lowest-price"),
        PRIORITIZED("prioritized");

        private final String emrName;

        OnDemandStrategy(String emrName) {
            this.emrName = emrName;
        }

        @Override
        public String emrName() {
            return emrName;
        }
    }

    /** What happens when the spot market does not give enough in time. */
    public enum TimeoutAction implements EmrEnum {
        SWITCH_TO_ON_DEMAND,
        TERMINATE_CLUSTER;

        @Override
        public String emrName() {
            return name();
        }
    }

    /** How spot capacity is sought when the cluster starts. */
    public record SpotLaunch(
            int timeoutMinutes,
            TimeoutAction timeoutAction,
            @Nullable SpotStrategy strategy) {
        public SpotLaunch {
            Objects.requireNonNull(timeoutAction, "timeoutAction");
        }
    }

    /** How on-demand capacity is sought when the cluster starts. */
    public record OnDemandLaunch(
            OnDemandStrategy strategy, @Nullable CapacityReservation reservation) {
        public OnDemandLaunch {
            Objects.requireNonNull(strategy, "strategy");
        }
    }

    /** How spot capacity is sought when the running fleet grows. */
    public record SpotResize(
            @Nullable Integer timeoutMinutes, @Nullable SpotStrategy strategy) {}

    /** How on-demand capacity is sought when the running fleet grows. */
    public record OnDemandResize(
            @Nullable Integer timeoutMinutes,
            @Nullable OnDemandStrategy strategy,
            @Nullable CapacityReservation reservation) {}

    /**
     * Capacity that the user has reserved with EC2, under EMR's own names for the choices.
     *
     * @param reservedFirst whether reservations are used up before anything else
     * @param preference {@code open} or {@code none}
     * @param resourceGroup the ARN of a group of reservations
     */
    public record CapacityReservation(
            boolean reservedFirst,
            @Nullable String preference,
            @Nullable String resourceGroup) {}

    public InstanceFleet {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(name, "name");
        types = List.copyOf(types);
    }

    public int capacity() {
        return onDemandCapacity + spotCapacity;
    }
}
