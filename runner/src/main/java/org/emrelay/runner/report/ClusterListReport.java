package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.local.LocalCluster;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a workspace and of an AWS account.
 *
 * @param emr null when AWS was not queried
 */
public record ClusterListReport(
        List<LocalCluster> local, @Nullable EmrListing emr) implements Report {
    public ClusterListReport {
        local = List.copyOf(local);
    }

    /**
     * Clusters of the AWS account.
     *
     * @param workspace the id of this workspace; empty when it has none
     * @param costs by cluster id; clusters whose cost is unknown are missing
     */
    public record EmrListing(List<ListedCluster> clusters, String workspace, Map<String, AccruedCost> costs) {
        public EmrListing {
            clusters = List.copyOf(clusters);
            costs = Map.copyOf(costs);
        }

        private static String name(ListedCluster cluster) {
            return cluster.origin().map(ListedCluster.Origin::cluster).orElse(cluster.name());
        }

        private String creator(ListedCluster cluster) {
            Optional<ListedCluster.Origin> creator = cluster.origin();
            if (creator.isEmpty()) {
                return "others";
            }
            return creator.get().workspaceId().equals(workspace)
                    ? "this workspace"
                    : "workspace " + creator.get().workspaceId();
        }

        private String cost(ListedCluster cluster) {
            AccruedCost cost = costs.get(cluster.id());
            if (cost == null) {
                return cluster.origin().isPresent() ? "unknown" : "";
            }
            return new CostReport(cost).soFar();
        }

        private Map<String, @Nullable Object> document(ListedCluster cluster) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("cluster_id", cluster.id());
            document.put("name", name(cluster));
            document.put("state", cluster.state());
            document.put(
                    "created",
                    cluster.created() == null ? null : cluster.created().toString());
            document.put("made_by", creator(cluster));
            new CostReport(costs.get(cluster.id())).addTo(document);
            return document;
        }

        private void writeText(PrintStream out) {
            if (clusters.isEmpty()) {
                out.println("No clusters on EMR.");
                return;
            }
            TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED", "COST SO FAR", "CREATED BY");
            for (ListedCluster cluster : clusters) {
                table.row(
                        cluster.id(),
                        name(cluster),
                        cluster.state(),
                        cluster.created() == null ? "" : Quantities.time(cluster.created()),
                        cost(cluster),
                        creator(cluster));
            }
            out.print(table.text());
        }
    }

    @Override
    public Map<String, Object> document() {
        List<Map<String, ? extends @Nullable Object>> clusters = new ArrayList<>();
        local.forEach(cluster -> clusters.add(LocalClusterReport.document(cluster)));
        if (emr != null) {
            emr.clusters().forEach(cluster -> clusters.add(emr.document(cluster)));
        }
        return Map.of("clusters", clusters);
    }

    @Override
    public void writeText(PrintStream out) {
        if (emr == null && local.isEmpty()) {
            out.println("No clusters.");
        }
        if (!local.isEmpty()) {
            TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED");
            local.forEach(cluster -> table.row(
                    cluster.id().value(), cluster.name(), cluster.state().name(), Quantities.time(cluster.created())));
            out.print(table.text());
        }
        if (emr != null) {
            out.print(local.isEmpty() ? "" : "\n");
            emr.writeText(out);
        }
    }

    @Override
    public String note() {
        return emr == null || emr.costs().isEmpty()
                ? ""
                : "Costs include EC2 and EMR, not EBS or data transfer. See -a describe_cluster for the basis.";
    }
}
