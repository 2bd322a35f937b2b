package org.emrelay.runner.platform.emr.look;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedMachine;
import org.emrelay.runner.platform.emr.price.Cost;
import org.emrelay.runner.platform.emr.price.Dollars;
import org.emrelay.runner.platform.emr.price.FleetUse;
import org.emrelay.runner.platform.emr.price.MachineUse;
import org.emrelay.runner.platform.emr.price.PriceTable;
import org.emrelay.runner.platform.emr.price.UnitPrices;
import org.jspecify.annotations.Nullable;

/** Reckons what clusters cost, by their machines where EMR lists these, else by the units of their fleets. */
final class Costs {
    private final Aws aws;
    private final Consumer<String> say;

    Costs(Aws aws, Consumer<String> say) {
        this.aws = aws;
        this.say = say;
    }

    /** By the machines, at the spot prices of the cluster's zone: those of now, or of the cluster's end. */
    Cost ofMachines(EmrCluster cluster, List<ListedMachine> machines) {
        Instant now = aws.patience().clock().instant();
        Set<String> spot = spotTypes(machines);
        UnitPrices prices = prices(spot, cluster.zone(), Objects.requireNonNullElse(cluster.ended(), now));
        return ofMachines(machines, cluster.ended(), prices);
    }

    static Set<String> spotTypes(List<ListedMachine> machines) {
        return machines.stream()
                .filter(ListedMachine::spot)
                .map(ListedMachine::type)
                .collect(Collectors.toSet());
    }

    /** @param ended when the cluster has, null while it is there */
    Cost ofMachines(List<ListedMachine> machines, @Nullable Instant ended, UnitPrices prices) {
        List<MachineUse> used = new ArrayList<>();
        for (ListedMachine machine : machines) {
            Instant created = machine.created();
            if (machine.wasThere() && created != null) {
                used.add(new MachineUse(machine.type(), machine.spot(), created, end(machine, ended)));
            }
        }
        return Cost.ofMachines(used, prices, aws.patience().clock().instant());
    }

    /** No machine outlives its cluster. One that is gone, nobody says since when, is counted on: rather too much than too little. */
    private @Nullable Instant end(ListedMachine machine, @Nullable Instant clusterEnded) {
        if (machine.ended() != null || clusterEnded != null) {
            return machine.ended() != null ? machine.ended() : clusterEnded;
        }
        return machine.isGone() ? aws.patience().clock().instant() : null;
    }

    /** By the fleets' units, since the cluster was asked for: that is some minutes more than its machines were there. */
    Cost ofFleets(EmrCluster cluster, List<FleetState> fleets) {
        Instant now = aws.patience().clock().instant();
        Set<String> spot = fleets.stream()
                .filter(fleet -> fleet.spotThere() > 0)
                .flatMap(fleet -> fleet.types().stream())
                .collect(Collectors.toSet());
        List<FleetUse> used = fleets.stream()
                .map(fleet -> new FleetUse(fleet.weights(), fleet.onDemandThere(), fleet.spotThere()))
                .toList();
        return Cost.ofFleets(used, prices(spot, cluster.zone(), now), cluster.created(), cluster.hasEnded(), now);
    }

    /** Prices of the region; what a spot machine costs is unknown where EC2 does not tell. */
    UnitPrices prices(Collection<String> spotTypes, @Nullable String zone, Instant at) {
        PriceTable table = PriceTable.of(aws.clients().region());
        try {
            boolean priced =
                    spotTypes.stream().anyMatch(type -> table.price(type).isPresent());
            Map<String, Dollars> spot =
                    priced ? new SpotPrices(aws).look(spotTypes, zone, at) : Map.<String, Dollars>of();
            return new UnitPrices(table, spot);
        } catch (AwsFault fault) {
            say.accept("warning: The spot prices are not known. " + fault.sentence());
            return new UnitPrices(table, Map.of());
        }
    }
}
