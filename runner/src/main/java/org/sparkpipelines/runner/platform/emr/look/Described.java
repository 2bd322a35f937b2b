package org.sparkpipelines.runner.platform.emr.look;

import java.util.List;
import java.util.Objects;
import org.sparkpipelines.runner.platform.emr.cluster.EmrCluster;
import org.sparkpipelines.runner.platform.emr.cluster.FleetState;
import org.sparkpipelines.runner.platform.emr.cluster.ListedStep;

/** One cluster with its fleets and steps. */
public record Described(EmrCluster cluster, List<FleetState> fleets, List<ListedStep> steps, String region) {
    public Described {
        Objects.requireNonNull(cluster, "cluster");
        fleets = List.copyOf(fleets);
        steps = List.copyOf(steps);
        Objects.requireNonNull(region, "region");
    }
}
