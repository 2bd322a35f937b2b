package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.local.LocalCluster;
import org.jspecify.annotations.Nullable;

/** The clusters of each platform. */
public record ClusterListReport(List<Section> sections) implements Report {
    public ClusterListReport {
        sections = List.copyOf(sections);
    }

    /** The clusters of one platform. */
    public interface Section {
        List<Map<String, @Nullable Object>> documents();

        /** Returns the table for people; empty if there are no clusters. */
        String text();

        /** Returns a note for people; empty if there is none. */
        default String note() {
            return "";
        }
    }

    /** The local clusters of a workspace. */
    public record LocalListing(List<LocalCluster> clusters) implements Section {
        public LocalListing {
            clusters = List.copyOf(clusters);
        }

        @Override
        public List<Map<String, @Nullable Object>> documents() {
            return clusters.stream().map(LocalClusterReport::document).toList();
        }

        @Override
        public String text() {
            TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED");
            clusters.forEach(cluster -> table.row(
                    cluster.id().value(), cluster.name(), cluster.state().name(), Quantities.time(cluster.created())));
            return clusters.isEmpty() ? "" : table.text();
        }
    }

    /**
     * Clusters of the AWS account.
     *
     * @param workspace the id of this workspace; empty when it has none
     * @param costs by cluster id; clusters whose cost is unknown are missing
     * @param command describes a cluster
     */
    public record EmrListing(
            List<ListedCluster> clusters, String workspace, Map<String, AccruedCost> costs, RunnerCommand command)
            implements Section {
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
            document.put("state", cluster.state().name());
            document.put("created", Objects.toString(cluster.created(), null));
            document.put("made_by", creator(cluster));
            new CostReport(costs.get(cluster.id())).addTo(document);
            return document;
        }

        @Override
        public List<Map<String, @Nullable Object>> documents() {
            return clusters.stream().map(this::document).toList();
        }

        @Override
        public String text() {
            if (clusters.isEmpty()) {
                return "No clusters on EMR.\n";
            }
            TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED", "COST SO FAR", "CREATED BY");
            for (ListedCluster cluster : clusters) {
                table.row(
                        cluster.id(),
                        name(cluster),
                        cluster.state().name(),
                        cluster.created() == null ? "" : Quantities.time(cluster.created()),
                        cost(cluster),
                        creator(cluster));
            }
            return table.text();
        }

        @Override
        public String note() {
            return costs.isEmpty()
                    ? ""
                    : "Costs include EC2, EMR and EBS, not data transfer. The basis of a cost: "
                            + command.action("describe_cluster", "-idc", "ID");
        }
    }

    @Override
    public Map<String, Object> document() {
        return Map.of(
                "clusters",
                sections.stream()
                        .flatMap(section -> section.documents().stream())
                        .toList());
    }

    @Override
    public void writeText(PrintStream out) {
        String text = joined(Section::text);
        out.print(text.isEmpty() ? "No clusters.\n" : text);
    }

    @Override
    public String note() {
        return joined(Section::note);
    }

    private String joined(Function<Section, String> part) {
        return sections.stream().map(part).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }
}
