package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Terminates clusters and waits until they are gone: resources in use cannot be deleted before. */
record ClusterTermination(AwsContext aws, Notices notices) {
    void terminate(List<EmrCluster> targets) {
        Clusters clusters = new Clusters(aws);
        for (EmrCluster cluster : targets) {
            if (cluster.isUp()) {
                if (cluster.terminationProtected()) {
                    clusters.disableTerminationProtection(cluster.id());
                }
                notices.notice("Terminating cluster " + cluster.id());
                clusters.terminate(cluster.id());
            }
        }
        targets.forEach(cluster -> clusters.await(cluster.id(), "terminates", ClusterTermination::progress, notices));
    }

    private static Optional<String> progress(Optional<EmrCluster> cluster) {
        return cluster.filter(current -> !current.hasEnded())
                .map(current -> "Cluster " + current.id() + " is " + current.state()
                        + ": waiting for its instances to terminate");
    }
}
