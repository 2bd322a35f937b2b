package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.platform.aws.price.PriceTable.Price;

/** Prices per hour of instances and of fleet units: EC2, EMR and EBS together. */
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

    public PriceTable table() {
        return table;
    }

    boolean hasSpotPrices() {
        return !spotPrices.isEmpty();
    }

    /** The price of one instance with its volumes; unknown unless all parts of it are known. */
    public PriceRange instance(EmrNodeType node, boolean spot) {
        PriceRange sum = price(node.type(), spot).orElseGet(() -> PriceRange.ofUnknown(node.type()));
        for (Volume volume : node.volumes()) {
            sum = sum.plus(table.price(volume)
                    .map(PriceRange::of)
                    .orElseGet(() -> PriceRange.ofUnknown("EBS " + volume.type())));
        }
        return sum.unknownTypes().isEmpty()
                ? sum
                : new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, sum.unknownTypes());
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
    PriceRange fleetUnits(Map<EmrNodeType, Integer> weights, int units, boolean spot) {
        TreeSet<BigDecimal> known = new TreeSet<>();
        TreeSet<String> unknown = new TreeSet<>();
        if (units > 0) {
            weights.forEach((node, weight) -> {
                PriceRange price = instance(node, spot);
                if (price.unknownTypes().isEmpty()) {
                    BigDecimal instances = BigDecimal.valueOf((units + weight - 1L) / weight);
                    known.add(price.min().multiply(instances));
                    known.add(price.max().multiply(instances));
                }
                unknown.addAll(price.unknownTypes());
            });
        }
        return known.isEmpty()
                ? new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, unknown)
                : new PriceRange(known.first(), known.last(), unknown);
    }
}
