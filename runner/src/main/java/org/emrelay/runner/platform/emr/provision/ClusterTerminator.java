package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Ends clusters and waits until they are gone, for what they use cannot go before. */
final class ClusterTerminator {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AwsContext aws;
    private final Clusters clusters;
    private final Consumer<String> say;

    ClusterTerminator(AwsContext aws, Consumer<String> say) {
        this.aws = aws;
        this.clusters = new Clusters(aws);
        this.say = say;
    }

    void end(List<EmrCluster> found) {
        for (EmrCluster cluster : found) {
            if (cluster.isUp()) {
                if (cluster.terminationProtected()) {
                    clusters.unprotect(cluster.id());
                }
                say.accept("Ending the cluster " + cluster.id());
                clusters.terminate(cluster.id());
            }
        }
        for (EmrCluster cluster : found) {
            awaitEnd(cluster);
        }
    }

    private void awaitEnd(EmrCluster cluster) {
        if (cluster.hasEnded()) {
            return;
        }
        Duration wait = FIRST_LOOK;
        String said = "";
        while (true) {
            Optional<EmrCluster> now = clusters.find(cluster.id());
            if (now.isEmpty() || now.get().hasEnded()) {
                return;
            }
            if (!said.equals(now.get().state())) {
                said = now.get().state();
                say.accept("The cluster " + cluster.id() + " is " + said + ": its machines go first");
            }
            if (!aws.patience().sleep(aws.patience().around(wait))) {
                throw new IllegalStateException("interrupted while the cluster " + cluster.id() + " ends");
            }
            wait = longer(wait);
        }
    }

    private static Duration longer(Duration wait) {
        Duration doubled = wait.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
