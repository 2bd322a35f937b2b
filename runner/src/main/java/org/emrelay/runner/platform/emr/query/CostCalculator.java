package org.emrelay.runner.platform.emr.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SpotPrices;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.AccruedCost.FleetUsage;
import org.emrelay.runner.platform.aws.price.AccruedCost.InstanceUsage;
import org.emrelay.runner.platform.aws.price.InstancePrices;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.jspecify.annotations.Nullable;

/** Calculates cluster costs from instances if EMR lists them, otherwise from fleet capacity. */
record CostCalculator(AwsContext aws, Notices notices) {
    /** From the instances, at the spot prices of the cluster's zone, now or when the cluster terminated. */
    AccruedCost ofInstances(EmrCluster cluster, List<ListedInstance> instances) {
        Instant now = aws.now();
        Set<String> spot = spotTypes(instances);
        InstancePrices prices =
                prices(spot, cluster.availabilityZone(), Objects.requireNonNullElse(cluster.ended(), now));
        return ofInstances(instances, cluster.ended(), prices);
    }

    static Set<String> spotTypes(List<ListedInstance> instances) {
        return instances.stream()
                .filter(ListedInstance::spot)
                .map(ListedInstance::type)
                .collect(Collectors.toSet());
    }

    /** @param ended when the cluster terminated; null while it exists */
    AccruedCost ofInstances(List<ListedInstance> instances, @Nullable Instant ended, InstancePrices prices) {
        List<InstanceUsage> usages = new ArrayList<>();
        for (ListedInstance instance : instances) {
            Instant created = instance.created();
            if (instance.wasProvisioned() && created != null) {
                usages.add(new InstanceUsage(instance.type(), instance.spot(), created, endOf(instance, ended)));
            }
        }
        return AccruedCost.ofInstances(usages, prices, aws.now());
    }

    /**
     * Returns when the instance stopped costing money. No instance outlives its cluster. A terminated instance without an end time is
     * counted until now: better too much than too little.
     */
    private @Nullable Instant endOf(ListedInstance instance, @Nullable Instant clusterEnded) {
        if (instance.ended() != null || clusterEnded != null) {
            return instance.ended() != null ? instance.ended() : clusterEnded;
        }
        return instance.isTerminated() ? aws.now() : null;
    }

    /** From the fleets' capacity since the cluster was requested, which is some minutes before the instances ran. */
    AccruedCost ofFleets(EmrCluster cluster, List<FleetState> fleets) {
        Instant now = aws.now();
        Set<String> spot = fleets.stream()
                .filter(fleet -> fleet.spotProvisioned() > 0)
                .flatMap(fleet -> fleet.types().stream())
                .collect(Collectors.toSet());
        List<FleetUsage> usages = fleets.stream()
                .map(fleet -> new FleetUsage(fleet.weights(), fleet.onDemandProvisioned(), fleet.spotProvisioned()))
                .toList();
        return AccruedCost.ofFleets(
                usages, prices(spot, cluster.availabilityZone(), now), cluster.created(), cluster.hasEnded(), now);
    }

    /** Returns the prices of the region. Spot prices are unknown if EC2 does not return them. */
    InstancePrices prices(Collection<String> spotTypes, @Nullable String zone, Instant at) {
        PriceTable table = PriceTable.of(aws.clients().region());
        try {
            boolean anyPriced =
                    spotTypes.stream().anyMatch(type -> table.price(type).isPresent());
            Map<String, PriceRange> spot =
                    anyPriced ? new SpotPrices(aws).describe(spotTypes, zone, at) : Map.<String, PriceRange>of();
            return new InstancePrices(table, spot);
        } catch (AwsException fault) {
            notices.warn("Spot prices are unknown. " + fault.message());
            return new InstancePrices(table, Map.of());
        }
    }
}
