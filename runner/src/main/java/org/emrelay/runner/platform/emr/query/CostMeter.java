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

/** What a cluster has cost so far, for somebody who looks again and again: EMR is asked now and then, and what the machines cost meanwhile is added. */
public final class CostMeter {
    /** Whoever has only to take in what is done already is not held up. */
    private static final Duration NOT_BEFORE = Duration.ofSeconds(20);

    private static final Duration ASKS_EVERY = Duration.ofMinutes(5);

    /** While a cluster starts, machines come one after another. */
    private static final Duration WITHOUT_MACHINES_EVERY = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final EmrCluster cluster;
    private @Nullable Instant due;
    private @Nullable Instant asked;
    private @Nullable AccruedCost then;

    /** The meter begins with its first reading. */
    public CostMeter(AwsContext aws, EmrCluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** Empty while nothing is known. */
    public Optional<AccruedCost> read() {
        Instant now = aws.patience().clock().instant();
        if (due == null) {
            due = now.plus(NOT_BEFORE);
        } else if (!now.isBefore(due)) {
            ask(now);
        }
        return then == null || asked == null ? Optional.empty() : Optional.of(then.after(Duration.between(asked, now)));
    }

    private void ask(Instant now) {
        due = now.plus(WITHOUT_MACHINES_EVERY);
        try {
            List<ListedInstance> machines = new Instances(aws).list(cluster.id());
            if (machines.stream().anyMatch(ListedInstance::wasThere)) {
                then = new CostCalculator(aws, warning -> {}).ofMachines(cluster, machines);
                asked = now;
                due = now.plus(ASKS_EVERY);
            }
        } catch (AwsException unanswered) {
            // The steps are what somebody watches: an older figure does, or none.
            due = now.plus(ASKS_EVERY);
        }
    }
}
