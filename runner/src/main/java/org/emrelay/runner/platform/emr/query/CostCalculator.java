package org.emrelay.runner.platform.emr.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SpotPrices;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.FleetUsage;
import org.emrelay.runner.platform.aws.price.InstancePrices;
import org.emrelay.runner.platform.aws.price.InstanceUsage;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.jspecify.annotations.Nullable;

/** Reckons what clusters cost, by their machines where EMR lists these, else by the units of their fleets. */
final class CostCalculator {
    private final AwsContext aws;
    private final Consumer<String> say;

    CostCalculator(AwsContext aws, Consumer<String> say) {
        this.aws = aws;
        this.say = say;
    }

    /** By the machines, at the spot prices of the cluster's zone: those of now, or of the cluster's end. */
    AccruedCost ofMachines(EmrCluster cluster, List<ListedInstance> machines) {
        Instant now = aws.patience().clock().instant();
        Set<String> spot = spotTypes(machines);
        InstancePrices prices = prices(spot, cluster.zone(), Objects.requireNonNullElse(cluster.ended(), now));
        return ofMachines(machines, cluster.ended(), prices);
    }

    static Set<String> spotTypes(List<ListedInstance> machines) {
        return machines.stream()
                .filter(ListedInstance::spot)
                .map(ListedInstance::type)
                .collect(Collectors.toSet());
    }

    /** @param ended when the cluster has, null while it is there */
    AccruedCost ofMachines(List<ListedInstance> machines, @Nullable Instant ended, InstancePrices prices) {
        List<InstanceUsage> used = new ArrayList<>();
        for (ListedInstance machine : machines) {
            Instant created = machine.created();
            if (machine.wasThere() && created != null) {
                used.add(new InstanceUsage(machine.type(), machine.spot(), created, end(machine, ended)));
            }
        }
        return AccruedCost.ofMachines(used, prices, aws.patience().clock().instant());
    }

    /** No machine outlives its cluster. One that is gone, nobody says since when, is counted on: rather too much than too little. */
    private @Nullable Instant end(ListedInstance machine, @Nullable Instant clusterEnded) {
        if (machine.ended() != null || clusterEnded != null) {
            return machine.ended() != null ? machine.ended() : clusterEnded;
        }
        return machine.isGone() ? aws.patience().clock().instant() : null;
    }

    /** By the fleets' units, since the cluster was asked for: that is some minutes more than its machines were there. */
    AccruedCost ofFleets(EmrCluster cluster, List<FleetState> fleets) {
        Instant now = aws.patience().clock().instant();
        Set<String> spot = fleets.stream()
                .filter(fleet -> fleet.spotThere() > 0)
                .flatMap(fleet -> fleet.types().stream())
                .collect(Collectors.toSet());
        List<FleetUsage> used = fleets.stream()
                .map(fleet -> new FleetUsage(fleet.weights(), fleet.onDemandThere(), fleet.spotThere()))
                .toList();
        return AccruedCost.ofFleets(
                used, prices(spot, cluster.zone(), now), cluster.created(), cluster.hasEnded(), now);
    }

    /** Prices of the region; what a spot machine costs is unknown where EC2 does not tell. */
    InstancePrices prices(Collection<String> spotTypes, @Nullable String zone, Instant at) {
        PriceTable table = PriceTable.of(aws.clients().region());
        try {
            boolean priced =
                    spotTypes.stream().anyMatch(type -> table.price(type).isPresent());
            Map<String, PriceRange> spot =
                    priced ? new SpotPrices(aws).look(spotTypes, zone, at) : Map.<String, PriceRange>of();
            return new InstancePrices(table, spot);
        } catch (AwsException fault) {
            say.accept("warning: The spot prices are not known. " + fault.sentence());
            return new InstancePrices(table, Map.of());
        }
    }
}
