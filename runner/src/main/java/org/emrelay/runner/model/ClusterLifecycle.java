package org.emrelay.runner.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a cluster scales and when it terminates.
 *
 * @param idleTimeout idle time after which the cluster terminates
 * @param unhealthyNodeReplacement null for EMR's default
 * @param scaling null for fleets of fixed size
 */
public record ClusterLifecycle(
        boolean keepAliveWithoutSteps,
        Duration idleTimeout,
        boolean terminationProtected,
        @Nullable Boolean unhealthyNodeReplacement,
        int stepConcurrency,
        ScaleDown scaleDown,
        @Nullable ManagedScaling scaling) {

    /** When EMR terminates an instance on scale-down; the names are EMR's. */
    public enum ScaleDown {
        TERMINATE_AT_INSTANCE_HOUR,
        TERMINATE_AT_TASK_COMPLETION
    }

    /**
     * Managed scaling: the limits for the total units of the core and task fleets.
     *
     * @param maximumOnDemand null for no separate limit
     * @param maximumCore null for no separate limit
     * @param performanceIndex 1 (lowest cost) to 100 (highest performance) for the ADVANCED strategy; null for DEFAULT
     */
    public record ManagedScaling(
            int minimum,
            int maximum,
            @Nullable Integer maximumOnDemand,
            @Nullable Integer maximumCore,
            @Nullable Integer performanceIndex) {}

    public ClusterLifecycle {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(scaleDown, "scaleDown");
    }

    /** Returns a copy that terminates after its last step. */
    public ClusterLifecycle terminatingAfterLastStep() {
        return new ClusterLifecycle(
                false,
                idleTimeout,
                terminationProtected,
                unhealthyNodeReplacement,
                stepConcurrency,
                scaleDown,
                scaling);
    }
}
