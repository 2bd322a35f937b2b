package org.emrelay.runner.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the clusters of a workspace, and those on EMR once something was made there. */
@Command(sortOptions = false, customSynopsis = "${COMMAND-NAME} [options]", footer = "%nExample: ${COMMAND-NAME}")
final class ListClustersAction implements ActionCommand {
    @Option(
            names = "--all",
            description = "On EMR: all that it remembers (default: what is up, and the last seven days).")
    private boolean all;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "On EMR: only clusters in this state, such as WAITING; may be given several times.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = "--orphans",
            description = "On EMR: what this program made for clusters that are gone; offers to remove it.")
    private boolean orphans;

    @Option(names = "--yes", description = "With --orphans: do not ask.")
    private boolean yes;

    @Option(names = "--delete-bucket", description = "With --orphans: remove buckets too, with all results in them.")
    private boolean deleteBucket;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    ListClustersAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        if (orphans) {
            return ofClustersThatAreGone();
        } else if (yes || deleteBucket) {
            throw CommandFailure.usage((yes ? "--yes" : "--delete-bucket")
                    + " says what becomes of things whose cluster is gone: give --orphans too.");
        }
        boolean local = target.target != Target.EMR;
        boolean emr = target.target == Target.EMR
                || (target.target == null
                        && EmrAccess.identity(world, common).find().isPresent());
        List<LocalCluster> clusters = local ? LocalSession.clustersIfAny(world, common) : List.of();
        EmrListing listing = emr ? EmrListing.ask(world, common, aws, all, states) : null;
        if (common.json()) {
            List<Map<String, ?>> documents = new ArrayList<>();
            clusters.forEach(cluster -> documents.add(json(cluster)));
            if (listing != null) {
                documents.addAll(listing.documents());
            }
            world.out().print(JsonWriter.pretty(Map.of("clusters", documents)));
            return ExitCode.DONE;
        }
        if (!clusters.isEmpty() || listing == null) {
            print(clusters);
        }
        if (listing != null) {
            world.out().print(clusters.isEmpty() ? "" : "\n");
            listing.print();
        }
        return ExitCode.DONE;
    }

    private ExitCode ofClustersThatAreGone() throws Exception {
        if (target.target == Target.LOCAL) {
            throw CommandFailure.usage("--orphans looks at AWS: leave -t local out.");
        } else if (all || !states.isEmpty()) {
            throw CommandFailure.usage("--orphans lists no clusters: leave --all and --state out.");
        }
        return new EmrOrphans(world, common, yes, deleteBucket).carryOut(aws);
    }

    private void print(List<LocalCluster> clusters) {
        if (clusters.isEmpty()) {
            world.out().println("No clusters.");
            return;
        }
        TextTable table = new TextTable("CLUSTER", "NAME", "STATE", "CREATED");
        clusters.forEach(cluster -> table.row(
                cluster.id().value(), cluster.name(), cluster.state().name(), toTheSecond(cluster.created())));
        world.out().print(table.text());
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
