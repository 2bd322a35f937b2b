package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.emrelay.runner.platform.aws.price.PriceTable.Price;

/** Prices per hour of instances and of fleet units, EC2 and EMR together. */
public final class InstancePrices {
    private final PriceTable table;
    private final Map<String, PriceRange> spotPrices;

    /**
     * @param spotPrices by instance type, as far as known: from the cheapest availability zone to the most expensive
     */
    public InstancePrices(PriceTable table, Map<String, PriceRange> spotPrices) {
        this.table = Objects.requireNonNull(table, "table");
        this.spotPrices = new HashMap<>(spotPrices);
    }

    PriceTable table() {
        return table;
    }

    boolean hasSpotPrices() {
        return !spotPrices.isEmpty();
    }

    /** The price of one instance; unknown unless both the EC2 and the EMR price are known. */
    PriceRange instance(String type, boolean spot) {
        return price(type, spot).orElseGet(() -> PriceRange.ofUnknown(type));
    }

    private Optional<PriceRange> price(String type, boolean spot) {
        Optional<Price> price = table.price(type);
        return spot
                ? price.flatMap(known -> Optional.ofNullable(spotPrices.get(type))
                        .map(current -> current.plus(PriceRange.of(known.emr()))))
                : price.map(known -> PriceRange.of(known.total()));
    }

    /**
     * The price of fleet units, from the cheapest instance type to the most expensive.
     *
     * @param weights the weighted capacity of each instance type of the fleet
     */
    PriceRange fleetUnits(Map<String, Integer> weights, int units, boolean spot) {
        TreeSet<BigDecimal> known = new TreeSet<>();
        TreeSet<String> unknown = new TreeSet<>();
        if (units > 0) {
            weights.forEach((type, weight) -> {
                BigDecimal instances = BigDecimal.valueOf((units + weight - 1L) / weight);
                price(type, spot)
                        .map(price -> price.times(instances))
                        .ifPresentOrElse(
                                price -> {
                                    known.add(price.min());
                                    known.add(price.max());
                                },
                                () -> unknown.add(type));
            });
        }
        return known.isEmpty()
                ? new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, unknown)
                : new PriceRange(known.first(), known.last(), unknown);
    }
}
