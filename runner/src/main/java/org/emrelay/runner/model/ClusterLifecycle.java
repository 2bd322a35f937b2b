package org.emrelay.runner.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a cluster grows, shrinks and ends.
 *
 * @param idleTimeout the cluster ends by itself when it was idle for this long
 * @param unhealthyNodeReplacement null for EMR's default
 * @param scaling null when the fleets keep their size
 */
public record ClusterLifecycle(
        boolean aliveWithoutSteps,
        Duration idleTimeout,
        boolean terminationProtected,
        @Nullable Boolean unhealthyNodeReplacement,
        int stepsAtOnce,
        ScaleDown scaleDown,
        @Nullable ManagedScaling scaling) {

    /** When a machine that is no longer needed is given back, under EMR's own names. */
    public enum ScaleDown implements EmrEnum {
        TERMINATE_AT_INSTANCE_HOUR,
        TERMINATE_AT_TASK_COMPLETION;

        @Override
        public String emrName() {
            return name();
        }
    }

    /**
     * The limits between which EMR moves the sum of the core and task fleets' units.
     *
     * @param maximumOnDemand null for no limit of its own
     * @param maximumCore likewise
     * @param performanceIndex from 1 (save) to 100 (hurry) for EMR's advanced strategy; null for its default one
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

    /** The same but that the cluster ends as soon as it has no step left. */
    public ClusterLifecycle endingWithItsSteps() {
        return new ClusterLifecycle(
                false, idleTimeout, terminationProtected, unhealthyNodeReplacement, stepsAtOnce, scaleDown, scaling);
    }
}
