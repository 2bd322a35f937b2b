package org.emrelay.runner.platform.emr.look;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.emrelay.runner.platform.emr.price.Cost;
import org.jspecify.annotations.Nullable;

/**
 * One cluster with its fleets and steps.
 *
 * @param cost null when nothing tells
 */
public record Described(
        EmrCluster cluster,
        List<FleetState> fleets,
        List<ListedStep> steps,
        @Nullable Cost cost,
        Links links) {
    public Described {
        Objects.requireNonNull(cluster, "cluster");
        fleets = List.copyOf(fleets);
        steps = List.copyOf(steps);
        Objects.requireNonNull(links, "links");
    }
}
