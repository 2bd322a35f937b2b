package org.emrelay.runner.platform.emr.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SpotPrices;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.AccruedCost.FleetUsage;
import org.emrelay.runner.platform.aws.price.AccruedCost.PricedInstance;
import org.emrelay.runner.platform.aws.price.InstancePrices;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceSource;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.jspecify.annotations.Nullable;

/** Calculates cluster costs from instances if EMR lists them, otherwise from fleet capacity. */
record CostCalculator(AwsContext aws, PriceSource source, Notices notices) {

    /** An instance that EMR lists, with its price per hour. */
    record PricedNode(ListedInstance instance, PriceRange perHour) {
        PricedNode {
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(perHour, "perHour");
        }

        /** What the journal keeps of it. A price that is a range does not say what the instance costs. */
        InstanceChange toChange() {
            boolean priced = instance.wasProvisioned()
                    && perHour.unknownTypes().isEmpty()
                    && perHour.min().compareTo(perHour.max()) == 0;
            return new InstanceChange(
                    instance.id(),
                    instance.type(),
                    instance.spot(),
                    instance.state(),
                    instance.reason(),
                    instance.wasProvisioned() ? instance.created() : null,
                    instance.ready(),
                    instance.ended(),
                    priced ? perHour.max() : null);
        }
    }

    static Set<String> spotTypes(List<ListedInstance> instances) {
        return instances.stream()
                .filter(ListedInstance::spot)
                .map(ListedInstance::type)
                .collect(Collectors.toSet());
    }

    private static Set<String> types(List<ListedInstance> instances) {
        return instances.stream().map(ListedInstance::type).collect(Collectors.toSet());
    }

    /** Prices instances, at the spot prices of the cluster's zone, now or when the cluster terminated. */
    InstancePrices prices(EmrCluster cluster, List<ListedInstance> instances) {
        Instant at = Objects.requireNonNullElse(cluster.ended(), aws.now());
        return prices(types(instances), spotTypes(instances), cluster.availabilityZone(), at);
    }

    /** Prices instances of several clusters, at the current spot prices of the whole region. */
    InstancePrices prices(List<ListedInstance> instances) {
        return prices(types(instances), spotTypes(instances), null, aws.now());
    }

    static List<PricedNode> priced(List<ListedInstance> instances, EmrNodeTypes nodes, InstancePrices prices) {
        return instances.stream()
                .map(instance -> new PricedNode(instance, prices.instance(nodes.of(instance), instance.spot())))
                .toList();
    }

    /** @param ended when the cluster terminated; null while it exists */
    AccruedCost ofNodes(List<PricedNode> nodes, @Nullable Instant ended, PriceTable table) {
        List<PricedInstance> instances = new ArrayList<>();
        for (PricedNode node : nodes) {
            ListedInstance instance = node.instance();
            Instant created = instance.created();
            if (instance.wasProvisioned() && created != null) {
                instances.add(new PricedInstance(instance.spot(), created, endOf(instance, ended), node.perHour()));
            }
        }
        return AccruedCost.of(instances, table, aws.now());
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
        Set<String> types =
                fleets.stream().flatMap(fleet -> fleet.types().stream()).collect(Collectors.toSet());
        Set<String> spot = fleets.stream()
                .filter(fleet -> fleet.spotProvisioned() > 0)
                .flatMap(fleet -> fleet.types().stream())
                .collect(Collectors.toSet());
        EmrNodeTypes nodes = EmrNodeTypes.of(cluster, fleets);
        List<FleetUsage> usages = fleets.stream()
                .map(fleet ->
                        new FleetUsage(nodes.weights(fleet), fleet.onDemandProvisioned(), fleet.spotProvisioned()))
                .toList();
        return AccruedCost.ofFleets(
                usages,
                prices(types, spot, cluster.availabilityZone(), now),
                cluster.created(),
                cluster.hasEnded(),
                now);
    }

    /** Returns the prices of the region. Spot prices are unknown if EC2 does not return them. */
    private InstancePrices prices(
            Collection<String> types, Collection<String> spotTypes, @Nullable String zone, Instant at) {
        PriceTable table = source.prices(types);
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
