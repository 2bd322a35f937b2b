package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a cluster; what its steps wrote stays unless that is asked for too. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class TerminateClusterAction implements ActionCommand {
    /** What a workspace consists of. */
    private static final Set<String> OURS = Set.of(
            "scripts",
            "input",
            "steps",
            "bootstrap-emr",
            "cluster-fleet",
            "output",
            "logs",
            "runs",
            "lock.json",
            ".lock-guard");

    @Mixin
    private ClusterChoice choice;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--force", description = "On EMR: end a cluster that is protected against it.")
    private boolean force;

    @Option(
            names = "--delete-bucket",
            description = "Remove the workspace too: scripts, logs, journals and all results in it.")
    private boolean deleteBucket;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    TerminateClusterAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        return new TargetResolver(world, common).of(choice, target.target) == Target.EMR
                ? new EmrTermination(world, common, yes, force, deleteBucket).carryOut(choice, aws)
                : onThisMachine();
    }

    private ExitCode onThisMachine() throws Exception {
        LocalSession session = LocalSession.openExisting(world, common);
        LocalCluster cluster = session.finder().any(choice);
        List<String> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        String workspace = session.workspace().directory().toString();
        try (WorkspaceLock lock = session.lock("terminate_cluster")) {
            if (deleteBucket) {
                refuseWhileOthersAreUp(session, cluster);
                refuseWhileLedgersTell();
                refuseWhatIsNotOurs(session.workspace().directory());
                Confirmation.of(world, yes).require("Remove the workspace " + workspace + " with all results in it?");
            }
            if (cluster.isUp()) {
                session.clusters().end(cluster.id());
                removed.add("cluster " + cluster.id());
            }
        }
        if (deleteBucket) {
            session.workspace().delete();
            removed.add("workspace " + workspace);
        } else {
            kept.add("workspace " + workspace);
        }
        tell(cluster, removed, kept);
        return ExitCode.DONE;
    }

    private static void refuseWhileOthersAreUp(LocalSession session, LocalCluster cluster) throws Exception {
        for (LocalCluster other : session.clusters().list()) {
            if (other.isUp() && !other.id().equals(cluster.id())) {
                throw CommandFailure.refused("The cluster " + other.id() + " ('" + other.name()
                        + "') uses the same workspace and is up: end it first, or leave --delete-bucket out.");
            }
        }
    }

    /** The workspace is also where it is known what was made on AWS. */
    private void refuseWhileLedgersTell() throws IOException {
        List<String> names = EmrAccess.identity(world, common).clusters();
        if (!names.isEmpty()) {
            throw CommandFailure.refused("This workspace also keeps the journals of clusters on EMR ("
                    + String.join(", ", names) + "): it is not removed. Leave --delete-bucket out.");
        }
    }

    /** {@code --workspace .} is easily said, and the directory is somebody's project. */
    private static void refuseWhatIsNotOurs(Path workspace) throws IOException {
        try (Stream<Path> entries = Files.list(workspace)) {
            String foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !OURS.contains(name))
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!foreign.isEmpty()) {
                throw CommandFailure.refused("The workspace " + workspace + " holds what no cluster of it made: "
                        + foreign + ". It is not removed: leave --delete-bucket out, or move these away.");
            }
        }
    }

    private void tell(LocalCluster cluster, List<String> removed, List<String> kept) {
        if (common.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("cluster_id", cluster.id().value());
            document.put("removed", removed);
            document.put("kept", kept);
            world.out().print(JsonWriter.pretty(document));
            return;
        }
        if (removed.isEmpty()) {
            world.out().println("The cluster " + cluster.id() + " had ended before.");
        }
        removed.forEach(what -> world.out().println("removed " + what));
        kept.forEach(what -> world.out().println("kept    " + what));
    }
}
