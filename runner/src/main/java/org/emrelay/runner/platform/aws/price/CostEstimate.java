package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;

/** Estimates a cluster's cost per hour from its file: EC2, EMR and EBS. */
public final class CostEstimate {
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final Cluster cluster;
    private final InstancePrices prices;

    /** @param spotPrices by instance type, as far as known; empty when not fetched */
    public CostEstimate(Cluster cluster, PriceTable table, Map<String, PriceRange> spotPrices) {
        this.cluster = cluster;
        this.prices = new InstancePrices(table, spotPrices);
    }

    public PriceTable table() {
        return prices.table();
    }

    /**
     * The cost with on-demand instances only, which is also the maximum for spot fleets that fall back to on-demand.
     */
    public PriceRange onDemand() {
        PriceRange sum = PriceRange.ZERO;
        for (InstanceFleet fleet : cluster.fleets()) {
            sum = sum.plus(fleet(fleet, fleet.capacity(), false));
        }
        return sum;
    }

    /** The cost at current spot prices; empty when no fleet uses spot or no spot price is known. */
    public Optional<PriceRange> expected() {
        boolean spot = cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0);
        if (!spot || !prices.hasSpotPrices()) {
            return Optional.empty();
        }
        PriceRange sum = PriceRange.ZERO;
        for (InstanceFleet fleet : cluster.fleets()) {
            sum = sum.plus(fleet(fleet, fleet.onDemandCapacity(), false));
            sum = sum.plus(fleet(fleet, fleet.spotCapacity(), true));
        }
        return Optional.of(sum);
    }

    /** The maximum cost of the idle timeout; empty when the cluster terminates after its last step. */
    public Optional<PriceRange> idleTimeoutCost() {
        if (!cluster.lifecycle().keepAliveWithoutSteps()) {
            return Optional.empty();
        }
        BigDecimal hours = BigDecimal.valueOf(cluster.lifecycle().idleTimeout().toSeconds())
                .divide(SECONDS_PER_HOUR, MathContext.DECIMAL64);
        return Optional.of(onDemand().times(hours));
    }

    private PriceRange fleet(InstanceFleet fleet, int units, boolean spot) {
        Map<EmrNodeType, Integer> weights = new LinkedHashMap<>();
        fleet.types().forEach(type -> weights.put(EmrNodeType.of(cluster, type), type.weight()));
        return prices.fleetUnits(weights, units, spot);
    }
}
