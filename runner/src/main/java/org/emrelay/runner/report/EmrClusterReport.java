package org.emrelay.runner.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.emrelay.runner.platform.emr.query.ClusterDescription;
import org.jspecify.annotations.Nullable;

/** An EMR cluster: state and reason, fleets, cost, steps and links to its consoles. */
public record EmrClusterReport(ClusterDescription description, Instant now) implements Report {
    private EmrCluster cluster() {
        return description.cluster();
    }

    private String name() {
        return Objects.requireNonNullElse(
                cluster().tags().get(OwnerTags.CLUSTER), cluster().name());
    }

    @Override
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("cluster_id", cluster().id());
        document.put("name", name());
        document.put("state", cluster().state().name());
        document.put("reason", cluster().reason());
        document.put("created", Objects.toString(cluster().created(), null));
        document.put("release", cluster().release());
        document.put(
                "fleets",
                description.fleets().stream().map(EmrClusterReport::document).toList());
        document.put(
                "steps",
                description.steps().stream().map(EmrClusterReport::document).toList());
        document.put("tags", new TreeMap<>(cluster().tags()));
        CostReport cost = new CostReport(description.cost());
        cost.addTo(document);
        document.put("cost", cost.document());
        document.put("links", description.links().all());
        return document;
    }

    private static Map<String, Object> document(FleetState fleet) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", fleet.name());
        document.put("state", fleet.state());
        document.put("on_demand_wanted", fleet.onDemandTarget());
        document.put("on_demand_there", fleet.onDemandProvisioned());
        document.put("spot_wanted", fleet.spotTarget());
        document.put("spot_there", fleet.spotProvisioned());
        document.put("types", fleet.types());
        return document;
    }

    private static Map<String, Object> document(ListedStep step) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("step_id", step.id());
        document.put("name", step.name());
        document.put("state", step.state());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.println(
                "Cluster " + cluster().id() + " '" + name() + "', " + cluster().state()
                        + (cluster().reason().isEmpty() ? "" : " (" + cluster().reason() + ")"));
        if (!cluster().remedy().isEmpty()) {
            out.println(cluster().remedy());
        }
        Instant created = cluster().created();
        if (created != null) {
            out.println("Created " + Quantities.time(created) + ", "
                    + (cluster().hasEnded() ? "was up for " : "up for ")
                    + Quantities.duration(Duration.between(
                            created, Objects.requireNonNullElse(cluster().ended(), now))));
        }
        out.println("Release " + cluster().release());
        out.print(new CostReport(description.cost()).text());
        description.fleets().forEach(fleet -> out.println("Fleet " + fleet.summary() + ", " + fleet.state()));
        new TreeMap<>(cluster().tags()).forEach((key, value) -> out.println("Tag " + key + " = " + value));
        out.print(description.links().text());
        if (!description.steps().isEmpty()) {
            TextTable table = new TextTable("STEP", "NAME", "STATE");
            description.steps().forEach(step -> table.row(step.id(), step.name(), step.state()));
            out.print("\n" + table.text());
        }
    }
}
