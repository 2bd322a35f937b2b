package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;

/** What a cluster of the size that its file asks for costs an hour, machines and EMR together; disks and data are not in it. */
public final class CostEstimate {
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3600);

    private final Cluster cluster;
    private final InstancePrices prices;

    /** @param spotPrices of the types whose current spot price is known; empty where nobody has asked */
    public CostEstimate(Cluster cluster, PriceTable table, Map<String, PriceRange> spotPrices) {
        this.cluster = cluster;
        this.prices = new InstancePrices(table, spotPrices);
    }

    public PriceTable table() {
        return prices.table();
    }

    /** The price when every machine is on demand: also what spot fleets cost at most that fall back to it. */
    public PriceRange onDemand() {
        PriceRange sum = PriceRange.NONE;
        for (InstanceFleet fleet : cluster.fleets()) {
            sum = sum.plus(fleet(fleet, fleet.capacity(), false));
        }
        return sum;
    }

    /** The price with spot machines at their current price; empty when no fleet wants any or no spot price is known. */
    public Optional<PriceRange> expected() {
        boolean spot = cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0);
        if (!spot || !prices.knowsSpotPrices()) {
            return Optional.empty();
        }
        PriceRange sum = PriceRange.NONE;
        for (InstanceFleet fleet : cluster.fleets()) {
            sum = sum.plus(fleet(fleet, fleet.onDemandCapacity(), false));
            sum = sum.plus(fleet(fleet, fleet.spotCapacity(), true));
        }
        return Optional.of(sum);
    }

    /** What it can cost at most that the cluster waits for its idle limit before it ends; empty when it ends without waiting. */
    public Optional<PriceRange> idle() {
        if (!cluster.lifecycle().aliveWithoutSteps()) {
            return Optional.empty();
        }
        BigDecimal hours = BigDecimal.valueOf(cluster.lifecycle().idleTimeout().toSeconds())
                .divide(SECONDS_AN_HOUR, MathContext.DECIMAL64);
        return Optional.of(onDemand().times(hours));
    }

    private PriceRange fleet(InstanceFleet fleet, int units, boolean spot) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        fleet.types().forEach(type -> weights.put(type.type(), type.weight()));
        return prices.units(weights, units, spot);
    }
}
