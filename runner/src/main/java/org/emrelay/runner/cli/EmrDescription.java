package org.emrelay.runner.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.price.CostReport;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.emrelay.runner.platform.emr.query.ClusterDescription;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.TextTable;
import org.jspecify.annotations.Nullable;

/** Shows one cluster on EMR: its state and why, what its fleets got, its steps, and where to look further. */
final class EmrDescription {
    private final CliContext world;
    private final ClusterDescription described;
    private final EmrCluster cluster;

    private EmrDescription(CliContext world, ClusterDescription described) {
        this.world = world;
        this.described = described;
        this.cluster = described.cluster();
    }

    static EmrDescription ask(CliContext world, CommonOptions common, AwsOptions aws, ClusterChoice choice)
            throws IOException {
        String name = choice.id == null && choice.name == null
                ? TargetResolver.onlyOne(EmrAccess.identity(world, common))
                : choice.name;
        try (EmrClusters clusters = EmrAccess.clusters(world, common, aws)) {
            return new EmrDescription(world, clusters.looks().describe(choice.id, name));
        }
    }

    private String name() {
        return Objects.requireNonNullElse(cluster.tags().get(OwnerTags.CLUSTER), cluster.name());
    }

    void print() {
        StringBuilder text = new StringBuilder();
        text.append("Cluster ")
                .append(cluster.id())
                .append(" '")
                .append(name())
                .append("', ")
                .append(cluster.state());
        text.append(cluster.reason().isEmpty() ? "" : " (" + cluster.reason() + ")")
                .append('\n');
        Instant created = cluster.created();
        if (created != null) {
            text.append("Created ")
                    .append(ListClustersAction.toTheSecond(created))
                    .append(", ");
            text.append(cluster.hasEnded() ? "was up for " : "up for ").append(Quantities.duration(up(created)));
            text.append('\n');
        }
        text.append("Release ").append(cluster.release()).append('\n');
        text.append(new CostReport(described.cost()).text());
        described
                .fleets()
                .forEach(fleet -> text.append("Fleet ")
                        .append(fleet.words())
                        .append(", ")
                        .append(fleet.state())
                        .append('\n'));
        new TreeMap<>(cluster.tags())
                .forEach((key, value) -> text.append("Tag ")
                        .append(key)
                        .append(" = ")
                        .append(value)
                        .append('\n'));
        text.append(described.links().text());
        world.out().print(text);
        if (!described.steps().isEmpty()) {
            TextTable table = new TextTable("STEP", "NAME", "STATE");
            described.steps().forEach(step -> table.row(step.id(), step.name(), step.state()));
            world.out().print("\n" + table.text());
        }
    }

    private Duration up(Instant created) {
        Instant end = cluster.ended();
        Duration up = Duration.between(created, end == null ? world.clock().instant() : end);
        return up.isNegative() ? Duration.ZERO : up;
    }

    void printJson() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("cluster_id", cluster.id());
        document.put("name", name());
        document.put("state", cluster.state());
        document.put("reason", cluster.reason());
        document.put(
                "created", cluster.created() == null ? null : cluster.created().toString());
        document.put("release", cluster.release());
        List<Map<String, Object>> fleets = new ArrayList<>();
        described.fleets().forEach(fleet -> fleets.add(json(fleet)));
        document.put("fleets", fleets);
        document.put(
                "steps", described.steps().stream().map(EmrDescription::json).toList());
        document.put("tags", new TreeMap<>(cluster.tags()));
        CostReport cost = new CostReport(described.cost());
        cost.addTo(document);
        document.put("cost", cost.document());
        document.put("links", described.links().all());
        world.out().print(JsonWriter.pretty(document));
    }

    private static Map<String, Object> json(FleetState fleet) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", fleet.name());
        document.put("state", fleet.state());
        document.put("on_demand_wanted", fleet.onDemandWanted());
        document.put("on_demand_there", fleet.onDemandThere());
        document.put("spot_wanted", fleet.spotWanted());
        document.put("spot_there", fleet.spotThere());
        document.put("types", fleet.types());
        return document;
    }

    private static Map<String, Object> json(ListedStep step) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("step_id", step.id());
        document.put("name", step.name());
        document.put("state", step.state());
        return document;
    }
}
