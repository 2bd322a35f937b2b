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
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.jspecify.annotations.Nullable;

/** Tracks the cost and the instances of a cluster during a run. Lists the instances rarely, and extrapolates the cost in between. */
public final class CostMeter {
    /** A run that only resumes finished steps is not delayed. */
    private static final Duration FIRST_REFRESH_DELAY = Duration.ofSeconds(20);

    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);

    /** While a cluster starts, its instances appear one by one. */
    private static final Duration STARTUP_REFRESH_INTERVAL = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final EmrCluster cluster;
    private @Nullable Instant nextRefresh;
    private @Nullable Instant refreshedAt;
    private @Nullable AccruedCost lastCost;
    private final Map<String, String> instanceStates = new HashMap<>();
    private final List<InstanceChange> instanceChanges = new ArrayList<>();

    /** Makes no AWS call before the second reading. */
    public CostMeter(AwsContext aws, EmrCluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
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
        List<InstanceChange> taken = List.copyOf(instanceChanges);
        instanceChanges.clear();
        return taken;
    }

    private void note(ListedInstance instance) {
        if (!instance.state().equals(instanceStates.put(instance.id(), instance.state()))) {
            instanceChanges.add(new InstanceChange(
                    instance.id(), instance.type(), instance.spot(), instance.state(), instance.reason()));
        }
    }

    private void refresh(Instant now) {
        nextRefresh = now.plus(STARTUP_REFRESH_INTERVAL);
        try {
            List<ListedInstance> instances = new Clusters(aws).instances(cluster.id());
            instances.forEach(this::note);
            if (instances.stream().anyMatch(ListedInstance::wasProvisioned)) {
                lastCost = new CostCalculator(aws, warning -> {}).ofInstances(cluster, instances);
                refreshedAt = now;
                nextRefresh = now.plus(REFRESH_INTERVAL);
            }
        } catch (AwsException fault) {
            // The cost is secondary to the steps: keep the older figure, or none.
            nextRefresh = now.plus(REFRESH_INTERVAL);
        }
    }
}
