package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Terminates clusters and waits until they are gone: resources in use cannot be deleted before. */
final class ClusterTerminator {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);

    private final AwsContext aws;
    private final Clusters clusters;
    private final Notices notices;

    ClusterTerminator(AwsContext aws, Notices notices) {
        this.aws = aws;
        this.clusters = new Clusters(aws);
        this.notices = notices;
    }

    void terminate(List<EmrCluster> targets) {
        for (EmrCluster cluster : targets) {
            if (cluster.isUp()) {
                if (cluster.terminationProtected()) {
                    clusters.disableTerminationProtection(cluster.id());
                }
                notices.notice("Terminating cluster " + cluster.id());
                clusters.terminate(cluster.id());
            }
        }
        for (EmrCluster cluster : targets) {
            awaitEnd(cluster);
        }
    }

    private void awaitEnd(EmrCluster cluster) {
        if (cluster.hasEnded()) {
            return;
        }
        Duration interval = MIN_INTERVAL;
        String lastState = "";
        while (true) {
            Optional<EmrCluster> current = clusters.find(cluster.id());
            if (current.isEmpty() || current.get().hasEnded()) {
                return;
            }
            if (!lastState.equals(current.get().state().name())) {
                lastState = current.get().state().name();
                notices.notice(
                        "Cluster " + cluster.id() + " is " + lastState + ": waiting for its instances to terminate");
            }
            if (!aws.retry().sleep(aws.retry().withJitter(interval))) {
                throw new IllegalStateException("interrupted while cluster " + cluster.id() + " terminates");
            }
            interval = nextInterval(interval);
        }
    }

    private static Duration nextInterval(Duration interval) {
        Duration doubled = interval.multipliedBy(2);
        return doubled.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : doubled;
    }
}
