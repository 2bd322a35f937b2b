package org.emrelay.runner.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.CostReport;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.emrelay.runner.report.TextTable;
import org.jspecify.annotations.Nullable;

/** Lists the clusters of an AWS account, whoever made them, and marks those of this workspace. */
final class EmrListing {
    private static final Duration RECENT = Duration.ofDays(7);

    private final CliContext world;
    private final List<ListedCluster> clusters;
    private final String workspace;
    private final Map<String, AccruedCost> costs;

    private EmrListing(
            CliContext world, List<ListedCluster> clusters, String workspace, Map<String, AccruedCost> costs) {
        this.world = world;
        this.clusters = clusters;
        this.workspace = workspace;
        this.costs = costs;
    }

    /** Those that are up or were made in the last seven days, or all that EMR remembers. */
    static EmrListing ask(CliContext world, CommonOptions common, AwsOptions aws, boolean all, List<String> states)
            throws IOException {
        Instant since = all ? null : world.clock().instant().minus(RECENT);
        try (EmrClusters emr = EmrAccess.clusters(world, common, aws)) {
            List<ListedCluster> clusters = emr.looks().list(since, states);
            String workspace = EmrAccess.identity(world, common).find().orElse("");
            return new EmrListing(world, clusters, workspace, emr.looks().costs(worthReckoning(clusters, workspace)));
        }
    }

    /** Ours: those of this workspace first, and those that are up before those that have ended. */
    private static List<ListedCluster> worthReckoning(List<ListedCluster> clusters, String workspace) {
        return clusters.stream()
                .filter(cluster -> cluster.maker().isPresent())
                .sorted(Comparator.comparing((ListedCluster cluster) -> !cluster.maker()
                                .map(maker -> maker.workspace().equals(workspace))
                                .orElse(false))
                        .thenComparing(ListedCluster::hasEnded))
                .limit(ClusterQueries.MOST_RECKONED)
                .toList();
    }

    List<Map<String, @Nullable Object>> documents() {
        return clusters.stream().map(this::document).toList();
    }

    private Map<String, @Nullable Object> document(ListedCluster cluster) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("cluster_id", cluster.id());
        document.put("name", name(cluster));
        document.put("state", cluster.state());
        document.put(
                "created", cluster.created() == null ? null : cluster.created().toString());
        document.put("made_by", maker(cluster));
        new CostReport(costs.get(cluster.id())).addTo(document);
        return document;
    }

    private static String name(ListedCluster cluster) {
        return cluster.maker().map(ListedCluster.Maker::cluster).orElse(cluster.name());
    }

    private String maker(ListedCluster cluster) {
        Optional<ListedCluster.Maker> maker = cluster.maker();
        if (maker.isEmpty()) {
            return "others";
        }
        return maker.get().workspace().equals(workspace)
                ? "this workspace"
                : "workspace " + maker.get().workspace();
    }

    private String cost(ListedCluster cluster) {
        AccruedCost cost = costs.get(cluster.id());
        if (cost == null) {
            return cluster.maker().isPresent() ? "unknown" : "";
        }
        return new CostReport(cost).soFar();
    }

    void print() {
        if (clusters.isEmpty()) {
            world.out().println("No clusters on EMR.");
            return;
        }
        TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED", "COST SO FAR", "MADE BY");
        for (ListedCluster cluster : clusters) {
            table.row(
                    cluster.id(),
                    name(cluster),
                    cluster.state(),
                    cluster.created() == null ? "" : ListClustersAction.toTheSecond(cluster.created()),
                    cost(cluster),
                    maker(cluster));
        }
        world.out().print(table.text());
        if (!costs.isEmpty()) {
            world.err()
                    .println("What clusters cost is EC2's part and EMR's, without disks and data transfer;"
                            + " -a describe_cluster tells what it is based on.");
        }
    }
}
