package org.emrelay.runner.platform.aws.price;

import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.emrelay.runner.model.Cluster;
import org.jspecify.annotations.Nullable;

/** Says what a cluster costs an hour, and what it can cost that nobody ends it. */
public final class PriceReport {
    private final Cluster cluster;
    private final CostEstimate estimate;

    public PriceReport(Cluster cluster, CostEstimate estimate) {
        this.cluster = cluster;
        this.estimate = estimate;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        PriceTable table = estimate.table();
        String source = table.date().isEmpty()
                ? "no price of " + table.region() + " is known here"
                : table.region() + ", prices of " + table.date();
        text.append("An hour, all on demand: ")
                .append(words(estimate.onDemand()))
                .append(" (")
                .append(source)
                .append(")\n");
        if (cluster.fleets().stream().anyMatch(fleet -> fleet.spotCapacity() > 0)) {
            text.append("An hour, with spot machines: ")
                    .append(estimate.expected()
                            .map(PriceReport::words)
                            .orElse("unknown; --check asks for today's prices"))
                    .append('\n');
        }
        text.append(estimate.idle()
                .map(idle -> "Idle, the cluster ends after "
                        + cluster.lifecycle().idleTimeout().toMinutes() + " minutes, which cost at most "
                        + most(idle))
                .orElse("The cluster ends when it has no step left"));
        return text.append(".\n").toString();
    }

    private static String words(PriceRange dollars) {
        if (dollars.most().signum() == 0) {
            return "unknown";
        }
        return dollars.unknown().isEmpty()
                ? dollars.text()
                : dollars.text() + ", unknown for " + dollars.unknownTypes();
    }

    private static String most(PriceRange dollars) {
        if (dollars.most().signum() == 0) {
            return "an unknown sum";
        }
        return PriceRange.shown(dollars.most())
                + (dollars.unknown().isEmpty() ? "" : " (not counting " + dollars.unknownTypes() + ")");
    }

    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("region", estimate.table().region());
        document.put("prices_of", estimate.table().date());
        document.put("on_demand", dollars(Optional.of(estimate.onDemand())));
        document.put("expected_with_spot", dollars(estimate.expected()));
        document.put("idle_limit_costs", dollars(estimate.idle()));
        return document;
    }

    private static @Nullable Object dollars(Optional<PriceRange> dollars) {
        if (dollars.isEmpty() || dollars.get().most().signum() == 0) {
            return null;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "least", dollars.get().least().setScale(4, RoundingMode.HALF_UP).toPlainString());
        document.put(
                "most", dollars.get().most().setScale(4, RoundingMode.HALF_UP).toPlainString());
        document.put(
                "unknown_types", new TreeSet<>(dollars.get().unknown()).stream().toList());
        return document;
    }
}
