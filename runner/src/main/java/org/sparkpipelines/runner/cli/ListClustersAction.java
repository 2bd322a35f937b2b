package org.sparkpipelines.runner.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkpipelines.runner.json.JsonWriter;
import org.sparkpipelines.runner.platform.local.LocalCluster;
import org.sparkpipelines.runner.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the clusters of a workspace. */
@Command(sortOptions = false, customSynopsis = "${COMMAND-NAME} [options]", footer = "%nExample: ${COMMAND-NAME}")
final class ListClustersAction implements ActionCommand {
    @Mixin
    private CommonOptions common;

    private final World world;

    ListClustersAction(World world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        List<LocalCluster> clusters = LocalSession.clustersIfAny(world, common);
        if (common.json()) {
            List<Map<String, Object>> documents =
                    clusters.stream().map(ListClustersAction::json).toList();
            world.out().print(JsonWriter.pretty(Map.of("clusters", documents)));
        } else if (clusters.isEmpty()) {
            world.out().println("No clusters.");
        } else {
            TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED");
            clusters.forEach(cluster -> table.row(
                    cluster.id().value(), cluster.name(), cluster.state().name(), toTheSecond(cluster.created())));
            world.out().print(table.text());
        }
        return ExitCode.DONE;
    }

    /** What people need of a time. */
    static String toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, Object> json(LocalCluster cluster) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("cluster_id", cluster.id().value());
        document.put("name", cluster.name());
        document.put("state", cluster.state().name());
        document.put("created", cluster.created().toString());
        return document;
    }
}
