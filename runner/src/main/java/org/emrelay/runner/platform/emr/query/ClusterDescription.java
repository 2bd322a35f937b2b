package org.emrelay.runner.platform.emr.query;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with its fleets, steps, cost and links.
 *
 * @param instances also those that have terminated; empty if EMR does not list them
 * @param cost null if unknown
 */
public record ClusterDescription(
        EmrCluster cluster,
        List<FleetState> fleets,
        List<ListedStep> steps,
        List<InstanceChange> instances,
        @Nullable AccruedCost cost,
        ConsoleLinks links) {
    public ClusterDescription {
        Objects.requireNonNull(cluster, "cluster");
        fleets = List.copyOf(fleets);
        steps = List.copyOf(steps);
        instances = List.copyOf(instances);
        Objects.requireNonNull(links, "links");
    }
}
