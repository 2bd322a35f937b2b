package org.emrelay.runner.platform.emr.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.InstancePrices;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceSource;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.emrelay.runner.platform.emr.query.CostCalculator.PricedNode;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the cost and the instances of a cluster during a run. Lists the instances rarely, and extrapolates the cost in between. The
 * price of an instance is the one when it first appeared.
 */
public final class CostMeter {
    /** A run that only resumes finished steps is not delayed. */
    private static final Duration FIRST_REFRESH_DELAY = Duration.ofSeconds(20);

    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);

    /** While a cluster starts, its instances appear and become ready one by one. */
    private static final Duration STARTUP_REFRESH_INTERVAL = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final CostCalculator calculator;
    private final Map<String, PriceRange> prices = new HashMap<>();
    private final Map<String, InstanceChange> lastChanges = new HashMap<>();
    private final List<InstanceChange> newChanges = new ArrayList<>();
    private EmrCluster cluster;
    private PriceTable table;
    private @Nullable List<FleetState> fleets;
    private @Nullable Instant nextRefresh;
    private @Nullable Instant refreshedAt;
    private @Nullable AccruedCost lastCost;

    /** Makes no AWS call before the second reading. */
    public CostMeter(AwsContext aws, EmrCluster cluster, PriceSource source) {
        this.aws = aws;
        this.cluster = cluster;
        this.calculator = new CostCalculator(aws, source, warning -> {});
        this.table = PriceTable.bundled(aws.clients().region());
    }

    /** Returns empty while the cost is unknown. */
    public Optional<AccruedCost> read() {
        Instant now = aws.now();
        if (nextRefresh == null) {
            nextRefresh = now.plus(FIRST_REFRESH_DELAY);
        } else if (!now.isBefore(nextRefresh)) {
            refresh(now);
        }
        return lastCost == null || refreshedAt == null
                ? Optional.empty()
                : Optional.of(lastCost.after(Duration.between(refreshedAt, now)));
    }

    /** Returns the changes of instances since the last call, as far as they were listed. */
    public List<InstanceChange> takeInstanceChanges() {
        List<InstanceChange> taken = List.copyOf(newChanges);
        newChanges.clear();
        return taken;
    }

    private void refresh(Instant now) {
        nextRefresh = now.plus(STARTUP_REFRESH_INTERVAL);
        try {
            List<ListedInstance> instances = new Clusters(aws).instances(cluster.id());
            List<PricedNode> nodes = priced(instances);
            nodes.forEach(this::note);
            if (instances.stream().anyMatch(ListedInstance::wasProvisioned)) {
                lastCost = calculator.ofNodes(nodes, cluster.ended(), table);
                refreshedAt = now;
                nextRefresh = now.plus(isStarting(instances) ? STARTUP_REFRESH_INTERVAL : REFRESH_INTERVAL);
            }
        } catch (AwsException fault) {
            // The cost is secondary to the steps: keep the older figure, or none.
            nextRefresh = now.plus(REFRESH_INTERVAL);
        }
    }

    private static boolean isStarting(List<ListedInstance> instances) {
        return instances.stream().anyMatch(instance -> instance.ready() == null && !instance.isTerminated());
    }

    private List<PricedNode> priced(List<ListedInstance> instances) {
        List<ListedInstance> unpriced = instances.stream()
                .filter(instance -> instance.wasProvisioned() && !prices.containsKey(instance.id()))
                .toList();
        Map<String, PriceRange> current = new HashMap<>(prices);
        if (!unpriced.isEmpty()) {
            EmrNodeTypes nodes = nodeTypes();
            InstancePrices looked = calculator.prices(cluster, unpriced);
            table = looked.table();
            for (PricedNode node : CostCalculator.priced(unpriced, nodes, looked)) {
                current.put(node.instance().id(), node.perHour());
                if (node.perHour().unknownTypes().isEmpty()) {
                    prices.put(node.instance().id(), node.perHour());
                }
            }
        }
        return instances.stream()
                .map(instance -> new PricedNode(instance, current.getOrDefault(instance.id(), PriceRange.ZERO)))
                .toList();
    }

    /** EMR chooses the zone, whose spot prices count, after it has accepted the cluster. */
    private EmrNodeTypes nodeTypes() {
        if (cluster.availabilityZone() == null) {
            cluster = new Clusters(aws).describeBriefly(cluster.id());
        }
        List<FleetState> known = fleets;
        if (known == null) {
            known = new Clusters(aws).fleetsBriefly(cluster.id());
            fleets = known;
        }
        return EmrNodeTypes.of(cluster, known);
    }

    private void note(PricedNode node) {
        InstanceChange change = node.toChange();
        if (!change.equals(lastChanges.put(change.id(), change))) {
            newChanges.add(change);
        }
    }
}
