package org.emrelay.runner.platform.emr.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.Instances;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.jspecify.annotations.Nullable;

/** Tracks the cost of a cluster during a run. Lists its instances rarely and extrapolates in between. */
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

    private void refresh(Instant now) {
        nextRefresh = now.plus(STARTUP_REFRESH_INTERVAL);
        try {
            List<ListedInstance> instances = new Instances(aws).list(cluster.id());
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
