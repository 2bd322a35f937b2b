package org.emrelay.runner.service;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.report.ClusterListReport;
import org.jspecify.annotations.Nullable;

/** Lists the local clusters of a workspace, and the EMR clusters of the account once the workspace has used AWS. */
public final class ClusterListing {
    private static final Duration RECENT = Duration.ofDays(7);

    private final Application app;

    public ClusterListing(Application app) {
        this.app = app;
    }

    /**
     * Lists clusters.
     *
     * @param target null for both platforms
     * @param all whether to list every EMR cluster that EMR remembers, not only live and recent ones
     * @param states of EMR clusters; empty for all
     */
    public ClusterListReport list(@Nullable Target target, boolean all, List<String> states) throws IOException {
        boolean usesAws = target == null ? app.identity().findId().isPresent() : target == Target.EMR;
        List<LocalCluster> local = target == Target.EMR ? List.of() : app.localClusters();
        return new ClusterListReport(local, usesAws ? emr(all, states) : null);
    }

    private ClusterListReport.EmrListing emr(boolean all, List<String> states) throws IOException {
        Instant since = all ? null : app.context().clock().instant().minus(RECENT);
        try (EmrClusters emr = app.emrClusters()) {
            List<ListedCluster> clusters = emr.queries().list(since, states);
            String workspace = app.identity().findId().orElse("");
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
