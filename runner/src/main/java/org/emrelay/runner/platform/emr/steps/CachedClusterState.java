package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** What becomes of the cluster itself, asked as rarely as will do. */
final class CachedClusterState {
    private final AwsContext aws;
    private final String id;
    private Optional<EmrCluster> last = Optional.empty();
    private Instant looked = Instant.MIN;

    CachedClusterState(AwsContext aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /** As it is now. */
    EmrCluster now() {
        return noOlderThan(Duration.ZERO);
    }

    /** As it is, or was a short while ago. */
    EmrCluster noOlderThan(Duration age) {
        Instant now = aws.patience().clock().instant();
        if (last.isPresent() && now.isBefore(looked.plus(age))) {
            return last.get();
        }
        EmrCluster cluster = new Clusters(aws)
                .find(id)
                .orElseThrow(() -> AwsException.refused(
                        "look at the cluster " + id, "", "EMR knows no such cluster in this region"));
        last = Optional.of(cluster);
        looked = now;
        return cluster;
    }

    /** As it was when it was last looked at. */
    Optional<EmrCluster> last() {
        return last;
    }

    static String ended(EmrCluster cluster) {
        return "the cluster " + cluster.id() + " ended" + (cluster.reason().isEmpty() ? "" : ": " + cluster.reason());
    }
}
