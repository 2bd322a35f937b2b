package org.emrelay.runner.service.emr;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.price.CostEstimate;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster of a run may cost.
 *
 * @param dollars null for no limit
 */
record SpendingLimit(Application app, @Nullable BigDecimal dollars) {

    /** Refuses a cluster file of which a price is not known: the run could exceed the limit unnoticed. */
    void requireKnownPrices(Cluster cluster) {
        if (dollars != null) {
            PriceTable prices = app.prices().prices(cluster.instanceTypes());
            refuse(new CostEstimate(cluster, prices, Map.of()).onDemand().unknownTypes());
        }
    }

    /** Refuses a cluster that has, or can get, instances of which the price is not known. */
    void requireKnownPrices(Collection<String> types) {
        if (dollars != null) {
            PriceTable prices = app.prices().prices(types);
            Set<String> unknown = new TreeSet<>(types);
            unknown.removeIf(type -> prices.price(type).isPresent());
            refuse(unknown);
        }
    }

    private static void refuse(Set<String> unknown) {
        if (!unknown.isEmpty()) {
            throw CommandFailure.refused("--max-cost: the price of " + String.join(", ", new TreeSet<>(unknown))
                    + " is not known, so the run could not be stopped in time. Use instance types with a known price, or"
                    + " omit --max-cost.");
        }
    }
}
