package org.emrelay.runner.report;

import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.jspecify.annotations.Nullable;

/**
 * Formats a cluster's cost and its basis as text and JSON. Unknown figures are never shown as numbers.
 *
 * @param cost null when unknown
 */
public record CostReport(@Nullable AccruedCost cost) {
    private static final int DECIMALS = 4;

    public String text() {
        AccruedCost known = cost;
        if (known == null) {
            return "Cost per hour: unknown\nCost so far: unknown\n";
        }
        Integer instances = known.instances();
        if (instances != null && instances == 0) {
            return "Cost per hour: $0.00 (no running instances)\nCost so far: " + soFar() + " (" + basis(known) + ")\n";
        }
        return "Cost per hour: " + format(known.onDemandPerHour()) + " on demand, " + format(known.spotPerHour())
                + " spot ("
                + (instances == null ? "from fleet units" : instances + (instances == 1 ? " instance" : " instances"))
                + ")\nCost so far: " + soFar() + " (" + basis(known) + ")\n";
    }

    /** {@code about $1.20}, {@code unknown}. */
    public String soFar() {
        return cost == null || cost.soFar() == null ? "unknown" : format(cost.soFar());
    }

    private static String basis(AccruedCost cost) {
        PriceTable table = cost.table();
        return table.source() == PriceTable.Source.NONE
                ? table.description()
                : "EC2, EMR and EBS in " + table.region() + ", " + table.description() + ", spot at a constant price";
    }

    private String format(PriceRange price) {
        return text(price.toCost(cost != null && cost.instances() != null));
    }

    /**
     * {@code about $1.20}. With instances, the known part is a lower bound. With fleet units it is not, because an unpriced type may be
     * cheaper.
     */
    public static String text(Cost cost) {
        String range = new PriceRange(cost.min(), cost.max(), Set.of()).text();
        if (cost.unpriced().isEmpty()) {
            return cost.max().signum() == 0 ? "$0.00" : "about " + range;
        }
        String unknown = "unknown for " + String.join(", ", cost.unpriced());
        if (cost.max().signum() == 0) {
            return unknown;
        }
        String known = cost.countsInstances() ? "at least " + PriceRange.format(cost.min()) : "about " + range;
        return known + ", " + unknown;
    }

    /** Adds the figures to a JSON document; null where the cost is unknown or a range. */
    public void addTo(Map<String, @Nullable Object> document) {
        AccruedCost known = cost;
        document.put("cost_per_hour", known == null ? null : number(known.perHour()));
        document.put("cost_so_far", known == null || known.soFar() == null ? null : number(known.soFar()));
    }

    /** The basis of the figures, as JSON. */
    public @Nullable Map<String, @Nullable Object> document() {
        AccruedCost known = cost;
        if (known == null) {
            return null;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("counted", known.instances() == null ? "fleets" : "machines");
        document.put("machines", known.instances());
        document.put("prices_of", known.table().date());
        document.put("prices_from", known.table().source().key());
        document.put("on_demand_per_hour", range(known.onDemandPerHour()));
        document.put("spot_per_hour", range(known.spotPerHour()));
        document.put("so_far", known.soFar() == null ? null : range(known.soFar()));
        document.put("not_included", List.of("data transfer", "S3", "discounts"));
        return document;
    }

    private static @Nullable Double number(PriceRange price) {
        return number(price.toCost(true));
    }

    /** Null if the cost is a range or partly unknown. */
    static @Nullable Double number(@Nullable Cost cost) {
        return cost != null && cost.unpriced().isEmpty() && cost.min().compareTo(cost.max()) == 0
                ? cost.max().setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue()
                : null;
    }

    private static Map<String, Object> range(PriceRange price) {
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("least", price.min().setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue());
        range.put("most", price.max().setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue());
        range.put("unknown_types", List.copyOf(new TreeSet<>(price.unknownTypes())));
        return range;
    }
}
