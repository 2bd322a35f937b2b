package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Describes the cluster and caches the result, to save calls. */
final class CachedClusterState {
    private final AwsContext aws;
    private final String id;
    private Optional<EmrCluster> last = Optional.empty();
    private Instant fetchedAt = Instant.MIN;

    CachedClusterState(AwsContext aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /** Describes the cluster now. */
    EmrCluster current() {
        return noOlderThan(Duration.ZERO);
    }

    /** Returns a description that is at most {@code maxAge} old. */
    EmrCluster noOlderThan(Duration maxAge) {
        Instant now = aws.now();
        if (last.isPresent() && now.isBefore(fetchedAt.plus(maxAge))) {
            return last.get();
        }
        EmrCluster cluster = new Clusters(aws)
                .find(id)
                .orElseThrow(() ->
                        AwsException.rejected("describe cluster " + id, "", "EMR has no such cluster in this region"));
        last = Optional.of(cluster);
        fetchedAt = now;
        return cluster;
    }

    /** Returns the last description, without a call. */
    Optional<EmrCluster> last() {
        return last;
    }

    static String endReason(EmrCluster cluster) {
        return "cluster " + cluster.id() + " terminated" + (cluster.reason().isEmpty() ? "" : ": " + cluster.reason())
                + (cluster.remedy().isEmpty() ? "" : ". " + cluster.remedy());
    }
}
