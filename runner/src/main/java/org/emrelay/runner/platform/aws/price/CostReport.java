package org.emrelay.runner.platform.aws.price;

import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what a cluster costs, what each figure is based on, and what is not in it: a figure that is not known is never written as a number. */
public final class CostReport {
    private static final int DECIMALS = 4;

    private final @Nullable AccruedCost cost;

    /** @param cost null when nothing about it is known */
    public CostReport(@Nullable AccruedCost cost) {
        this.cost = cost;
    }

    public String text() {
        AccruedCost known = cost;
        if (known == null) {
            return "Costs an hour: unknown\nCost so far: unknown\n";
        }
        Integer machines = known.machines();
        if (machines != null && machines == 0) {
            return "Costs an hour: nothing, no machine of it runs\nCost so far: " + soFar() + " (" + basis(known)
                    + ")\n";
        }
        return "Costs an hour: " + words(known.onDemand()) + " on demand, " + words(known.spot()) + " spot ("
                + (machines == null ? "by the fleets' units" : machines + (machines == 1 ? " machine" : " machines"))
                + ")\nCost so far: " + soFar() + " (" + basis(known) + ")\n";
    }

    /** {@code about $1.20}, {@code unknown}. */
    public String soFar() {
        return cost == null || cost.soFar() == null ? "unknown" : words(cost.soFar());
    }

    private static String basis(AccruedCost cost) {
        PriceTable table = cost.table();
        String prices = table.date().isEmpty()
                ? "no price of " + table.region() + " is known here"
                : "EC2 and EMR at " + table.region() + "'s prices of " + table.date() + ", spot machines at one price";
        return prices + "; disks and data transfer are not in it";
    }

    /** Where machines are counted, what is known is a part of the whole; by units, a cheaper type may be among the unknown ones. */
    private String words(PriceRange dollars) {
        if (dollars.unknown().isEmpty()) {
            return dollars.most().signum() == 0 ? "$0.00" : "about " + dollars.text();
        }
        String rest = "unknown for " + dollars.unknownTypes();
        if (dollars.most().signum() == 0) {
            return rest;
        }
        boolean counted = cost != null && cost.machines() != null;
        return (counted ? "at least " + PriceRange.shown(dollars.least()) : "about " + dollars.text()) + ", " + rest;
    }

    /** Puts the figures into an answer, null where one is not known exactly enough to be one number. */
    public void addTo(Map<String, @Nullable Object> document) {
        AccruedCost known = cost;
        document.put("cost_per_hour", known == null ? null : number(known.anHour()));
        document.put("cost_so_far", known == null || known.soFar() == null ? null : number(known.soFar()));
    }

    /** What stands behind the figures. */
    public @Nullable Map<String, @Nullable Object> document() {
        AccruedCost known = cost;
        if (known == null) {
            return null;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("counted", known.machines() == null ? "fleets" : "machines");
        document.put("machines", known.machines());
        document.put("prices_of", known.table().date());
        document.put("on_demand_per_hour", range(known.onDemand()));
        document.put("spot_per_hour", range(known.spot()));
        document.put("so_far", known.soFar() == null ? null : range(known.soFar()));
        document.put("not_included", List.of("disks", "data transfer"));
        return document;
    }

    private static @Nullable Double number(PriceRange dollars) {
        boolean exact = dollars.unknown().isEmpty() && dollars.least().compareTo(dollars.most()) == 0;
        return exact ? dollars.most().setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue() : null;
    }

    private static Map<String, Object> range(PriceRange dollars) {
        Map<String, Object> range = new LinkedHashMap<>();
        range.put(
                "least",
                dollars.least().setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue());
        range.put(
                "most", dollars.most().setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue());
        range.put("unknown_types", List.copyOf(new TreeSet<>(dollars.unknown())));
        return range;
    }
}
