package org.emrelay.runner.platform.emr.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster.RootVolume;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.platform.aws.price.EmrNodeType;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.jspecify.annotations.Nullable;

/**
 * The types of a cluster's nodes: with the volumes of their fleets, and EMR's defaults for what EMR does not say.
 *
 * @param root null for EMR's default
 */
record EmrNodeTypes(List<FleetState> fleets, @Nullable RootVolume root, EmrRelease release) {
    EmrNodeTypes {
        fleets = List.copyOf(fleets);
        Objects.requireNonNull(release, "release");
    }

    static EmrNodeTypes of(EmrCluster cluster, List<FleetState> fleets) {
        return new EmrNodeTypes(
                fleets,
                cluster.rootVolume(),
                EmrRelease.parse(cluster.release()).orElse(EmrRelease.DEFAULT));
    }

    /** Of a cluster that is not described: with EMR's default root volume. */
    static EmrNodeTypes of(List<FleetState> fleets) {
        return new EmrNodeTypes(fleets, null, EmrRelease.DEFAULT);
    }

    EmrNodeType of(ListedInstance instance) {
        List<Volume> volumes = fleets.stream()
                .filter(fleet -> fleet.id().equals(instance.fleetId()))
                .findFirst()
                .map(fleet -> volumes(fleet, instance.type()))
                .orElse(List.of());
        return EmrNodeType.of(instance.type(), volumes, root, release);
    }

    /** The capacity units of each node type of a fleet. */
    Map<EmrNodeType, Integer> weights(FleetState fleet) {
        Map<EmrNodeType, Integer> weights = new LinkedHashMap<>();
        fleet.weights()
                .forEach((type, weight) ->
                        weights.put(EmrNodeType.of(type, volumes(fleet, type), root, release), weight));
        return weights;
    }

    private static List<Volume> volumes(FleetState fleet, String type) {
        return fleet.volumes().getOrDefault(type, List.of());
    }
}
