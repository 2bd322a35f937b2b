package org.emrelay.runner.report;

import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.price.CostEstimate;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.jspecify.annotations.Nullable;

/** Formats a cluster's estimated cost per hour and the maximum cost of its idle timeout. */
public record CostEstimateReport(Cluster cluster, CostEstimate estimate) {

    public String text() {
        String text = onDemand() + "\n";
        if (cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0)) {
            String expected =
                    estimate.expected().map(this::format).orElse("unknown (pass --check for current spot prices)");
            text += "Cost per hour, with spot instances: " + expected + "\n";
        }
        return text + end() + ".\n";
    }

    /** Formats the cost of a new cluster and its end, on one line. */
    public String notice() {
        return onDemand() + ". " + end() + ".";
    }

    private String onDemand() {
        PriceTable table = estimate.table();
        String source = table.source() == PriceTable.Source.NONE
                ? table.description()
                : table.region() + ", " + table.description();
        return "Cost per hour, all on demand: " + format(estimate.onDemand()) + " (" + source + ")";
    }

    private String end() {
        long minutes = cluster.lifecycle().idleTimeout().toMinutes();
        return estimate.idleTimeoutCost()
                .map(idle -> "Idle timeout: " + minutes + " minutes, " + maximum(idle))
                .orElse("The cluster terminates after its last step");
    }

    /** Omits the names of unknown types if there is no price list, because then all are unknown. */
    private String format(PriceRange price) {
        boolean hasNone = price.max().signum() == 0;
        if (hasNone && estimate.table().source() == PriceTable.Source.NONE) {
            return "unknown";
        }
        String unknown = price.unknownTypes().isEmpty() ? "" : "unknown for " + price.unknownTypesText();
        if (hasNone || unknown.isEmpty()) {
            return hasNone ? unknown : price.text();
        }
        return price.text() + ", " + unknown;
    }

    private static String maximum(PriceRange price) {
        if (price.max().signum() == 0) {
            return "cost unknown";
        }
        return "at most " + PriceRange.format(price.max())
                + (price.unknownTypes().isEmpty() ? "" : " (excluding " + price.unknownTypesText() + ")");
    }

    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("region", estimate.table().region());
        document.put("prices_of", estimate.table().date());
        document.put("prices_from", estimate.table().source().key());
        document.put("on_demand", range(Optional.of(estimate.onDemand())));
        document.put("expected_with_spot", range(estimate.expected()));
        document.put("idle_limit_costs", range(estimate.idleTimeoutCost()));
        return document;
    }

    private static @Nullable Object range(Optional<PriceRange> price) {
        if (price.isEmpty() || price.get().max().signum() == 0) {
            return null;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "least", price.get().min().setScale(4, RoundingMode.HALF_UP).toPlainString());
        document.put("most", price.get().max().setScale(4, RoundingMode.HALF_UP).toPlainString());
        document.put(
                "unknown_types", price.get().unknownTypes().stream().sorted().toList());
        return document;
    }
}
