package org.emrelay.runner.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An EMR instance fleet: target capacities, instance types and allocation strategies.
 *
 * @param onDemandCapacity in units; an instance provides as many units as the weight of its type
 * @param spotCapacity in units
 * @param types in the file's order
 * @param spotLaunch null without spot capacity
 * @param onDemandLaunch null for EMR's default
 * @param spotResize null for EMR's default
 * @param onDemandResize null for EMR's default
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

    /** The node type of a fleet; the names are EMR's. */
    public enum Role {
        /** EMR's API says MASTER where its console and documentation say primary. */
        MASTER("primary"),
        CORE("core"),
        TASK("task");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The name used in messages. */
        public String label() {
            return label;
        }

        public boolean runsExecutors() {
            return this != MASTER;
        }
    }

    /** EMR's allocation strategies for spot capacity. */
    public enum SpotStrategy {
        CAPACITY_OPTIMIZED,
        PRICE_CAPACITY_OPTIMIZED,
        LOWEST_PRICE,
        DIVERSIFIED,
        CAPACITY_OPTIMIZED_PRIORITIZED;

        @Override
        public String toString() {
            return inLowerCaseWithHyphens(name());
        }
    }

    /** EMR's allocation strategies for on-demand capacity. */
    public enum OnDemandStrategy {
        LOWEST_PRICE,
        PRIORITIZED;

        @Override
        public String toString() {
            return inLowerCaseWithHyphens(name());
        }
    }

    /** What EMR does if spot capacity is not provisioned before the timeout. */
    public enum TimeoutAction {
        SWITCH_TO_ON_DEMAND,
        TERMINATE_CLUSTER
    }

    /** How EMR provisions spot capacity when the cluster starts. */
    public record SpotLaunch(
            int timeoutMinutes,
            TimeoutAction timeoutAction,
            @Nullable SpotStrategy strategy) {
        public SpotLaunch {
            Objects.requireNonNull(timeoutAction, "timeoutAction");
        }
    }

    /** How EMR provisions on-demand capacity when the cluster starts. */
    public record OnDemandLaunch(
            OnDemandStrategy strategy, @Nullable CapacityReservation reservation) {
        public OnDemandLaunch {
            Objects.requireNonNull(strategy, "strategy");
        }
    }

    /** How EMR provisions spot capacity when a running fleet grows. */
    public record SpotResize(
            @Nullable Integer timeoutMinutes, @Nullable SpotStrategy strategy) {}

    /** How EMR provisions on-demand capacity when a running fleet grows. */
    public record OnDemandResize(
            @Nullable Integer timeoutMinutes,
            @Nullable OnDemandStrategy strategy,
            @Nullable CapacityReservation reservation) {}

    /**
     * Use of EC2 On-Demand Capacity Reservations.
     *
     * @param useReservationsFirst whether EMR uses unused reservations before other capacity
     * @param preference {@code open} or {@code none}
     * @param resourceGroupArn ARN of a resource group of reservations
     */
    public record CapacityReservation(
            boolean useReservationsFirst,
            @Nullable String preference,
            @Nullable String resourceGroupArn) {}

    public InstanceFleet {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(name, "name");
        types = List.copyOf(types);
    }

    public int capacity() {
        return onDemandCapacity + spotCapacity;
    }

    private static String inLowerCaseWithHyphens(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
