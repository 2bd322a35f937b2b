package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.emrelay.runner.platform.aws.price.PriceTable.Price;

/** What a machine of a type costs an hour, EC2's part and EMR's together, and what a fleet's units cost whose machines nobody has counted. */
public final class InstancePrices {
    private final PriceTable table;
    private final Map<String, PriceRange> spotPrices;

    /** @param spotPrices of the types whose spot price is known, from the cheapest zone's to the dearest's that may be meant */
    public InstancePrices(PriceTable table, Map<String, PriceRange> spotPrices) {
        this.table = Objects.requireNonNull(table, "table");
        this.spotPrices = new HashMap<>(spotPrices);
    }

    PriceTable table() {
        return table;
    }

    boolean knowsSpotPrices() {
        return !spotPrices.isEmpty();
    }

    /** One machine; nothing but the type's name where some part of its price is not known. */
    PriceRange machine(String type, boolean spot) {
        return price(type, spot).orElseGet(() -> PriceRange.unknown(type));
    }

    private Optional<PriceRange> price(String type, boolean spot) {
        Optional<Price> price = table.price(type);
        return spot
                ? price.flatMap(known -> Optional.ofNullable(spotPrices.get(type))
                        .map(current -> current.plus(PriceRange.of(known.emr()))))
                : price.map(known -> PriceRange.of(known.whole()));
    }

    /**
     * So many units of a fleet, from its cheapest type to its dearest.
     *
     * @param weights of the types that the fleet may be made of
     */
    PriceRange units(Map<String, Integer> weights, int units, boolean spot) {
        TreeSet<BigDecimal> known = new TreeSet<>();
        TreeSet<String> unknown = new TreeSet<>();
        if (units > 0) {
            weights.forEach((type, weight) -> {
                BigDecimal machines = BigDecimal.valueOf((units + weight - 1L) / weight);
                price(type, spot)
                        .map(price -> price.times(machines))
                        .ifPresentOrElse(
                                price -> {
                                    known.add(price.least());
                                    known.add(price.most());
                                },
                                () -> unknown.add(type));
            });
        }
        return known.isEmpty()
                ? new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, unknown)
                : new PriceRange(known.first(), known.last(), unknown);
    }
}
