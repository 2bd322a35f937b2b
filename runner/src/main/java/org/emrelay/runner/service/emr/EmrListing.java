package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.emrelay.runner.report.ClusterListReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform.ListFilter;

/** Lists the EMR clusters of the account, with what those cost that we created. */
final class EmrListing {
    private static final Duration RECENT = Duration.ofDays(7);

    private final Application app;

    EmrListing(Application app) {
        this.app = app;
    }

    ClusterListReport.EmrListing list(ListFilter filter) throws IOException {
        Instant since = filter.all() ? null : app.context().clock().instant().minus(RECENT);
        try (EmrClusters emr = EmrClusterPlatform.clusters(app)) {
            List<ListedCluster> clusters = emr.queries().list(since, filter.states());
            String workspace = EmrClusterPlatform.identity(app).findId().orElse("");
            return new ClusterListReport.EmrListing(
                    clusters, workspace, emr.queries().costs(priced(clusters, workspace)));
        }
    }

    /** Clusters whose cost is worth a call each: those we created, this workspace's first, live ones first. */
    private static List<ListedCluster> priced(List<ListedCluster> clusters, String workspace) {
        return clusters.stream()
                .filter(cluster -> cluster.origin().isPresent())
                .sorted(Comparator.comparing((ListedCluster cluster) -> !cluster.origin()
                                .map(origin -> origin.workspaceId().equals(workspace))
                                .orElse(false))
                        .thenComparing(ListedCluster::hasEnded))
                .limit(ClusterQueries.MAX_PRICED_CLUSTERS)
                .toList();
    }
}
