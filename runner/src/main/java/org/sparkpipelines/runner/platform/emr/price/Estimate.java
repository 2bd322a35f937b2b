package org.sparkpipelines.runner.platform.emr.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sparkpipelines.runner.model.Cluster;
import org.sparkpipelines.runner.model.FleetInstance;
import org.sparkpipelines.runner.model.InstanceFleet;
import org.sparkpipelines.runner.platform.emr.price.PriceTable.Price;

/** What a cluster of the size that its file asks for costs an hour, machines and EMR together; disks and data are not in it. */
public final class Estimate {
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3600);

    private final Cluster cluster;
    private final PriceTable table;
    private final Map<String, BigDecimal> spotPrices;

    /** @param spotPrices of the types whose current spot price is known; empty where nobody has asked */
    public Estimate(Cluster cluster, PriceTable table, Map<String, BigDecimal> spotPrices) {
        this.cluster = cluster;
        this.table = table;
        this.spotPrices = new HashMap<>(spotPrices);
    }

    public PriceTable table() {
        return table;
    }

    /** The price when every machine is on demand: also what spot fleets cost at most that fall back to it. */
    public Dollars onDemand() {
        Dollars sum = Dollars.NONE;
        for (InstanceFleet fleet : cluster.fleets()) {
            sum = sum.plus(fleet(fleet, fleet.capacity(), false));
        }
        return sum;
    }

    /** The price with spot machines at their current price; empty when no fleet wants any or no spot price is known. */
    public Optional<Dollars> expected() {
        boolean spot = cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0);
        if (!spot || spotPrices.isEmpty()) {
            return Optional.empty();
        }
        Dollars sum = Dollars.NONE;
        for (InstanceFleet fleet : cluster.fleets()) {
            sum = sum.plus(fleet(fleet, fleet.onDemandCapacity(), false));
            sum = sum.plus(fleet(fleet, fleet.spotCapacity(), true));
        }
        return Optional.of(sum);
    }

    /** What it can cost at most that the cluster waits for its idle limit before it ends; empty when it ends without waiting. */
    public Optional<Dollars> idle() {
        if (!cluster.lifecycle().aliveWithoutSteps()) {
            return Optional.empty();
        }
        BigDecimal hours = BigDecimal.valueOf(cluster.lifecycle().idleTimeout().toSeconds())
                .divide(SECONDS_AN_HOUR, MathContext.DECIMAL64);
        return Optional.of(onDemand().times(hours));
    }

    private Dollars fleet(InstanceFleet fleet, int units, boolean spot) {
        TreeSet<BigDecimal> known = new TreeSet<>();
        TreeSet<String> unknown = new TreeSet<>();
        for (FleetInstance type : units == 0 ? List.<FleetInstance>of() : fleet.types()) {
            BigDecimal machines = BigDecimal.valueOf((units + type.weight() - 1L) / type.weight());
            machine(type.type(), spot)
                    .ifPresentOrElse(price -> known.add(price.multiply(machines)), () -> unknown.add(type.type()));
        }
        return known.isEmpty()
                ? new Dollars(BigDecimal.ZERO, BigDecimal.ZERO, unknown)
                : new Dollars(known.first(), known.last(), unknown);
    }

    private Optional<BigDecimal> machine(String type, boolean spot) {
        Optional<Price> price = table.price(type);
        return spot
                ? price.flatMap(
                        known -> Optional.ofNullable(spotPrices.get(type)).map(current -> current.add(known.emr())))
                : price.map(Price::whole);
    }
}
