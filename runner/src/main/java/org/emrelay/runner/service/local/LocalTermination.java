package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.DeletionReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Confirmation;

/** Terminates a local cluster, and deletes the workspace on request. */
final class LocalTermination {
    private static final Set<String> WORKSPACE_CHILDREN = Set.of(
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

    private final Application app;
    private final ClusterPlatform.Removal removal;

    LocalTermination(Application app, ClusterPlatform.Removal removal) {
        this.app = app;
        this.removal = removal;
    }

    ExitCode execute(CommandOutput output) throws IOException {
        LocalSession session = LocalSession.openExisting(app);
        LocalCluster cluster = session.any(removal.selector());
        List<String> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        String workspace = session.workspace().directory().toString();
        try (WorkspaceLock lock = session.lock("terminate_cluster")) {
            if (removal.deleteBucket()) {
                refuseOtherLiveClusters(session, cluster);
                for (ClusterPlatform platform : app.context().platforms().all()) {
                    platform.refuseWorkspaceDeletion(app);
                }
                refuseForeignFiles(session.workspace().directory());
                new Confirmation(app.context(), removal.confirmed())
                        .require("Delete the workspace " + workspace + " with all results in it?");
            }
            if (cluster.isActive()) {
                session.clusters().end(cluster.id());
                removed.add("cluster " + cluster.id());
            }
        }
        if (removal.deleteBucket()) {
            session.workspace().delete();
            removed.add("workspace " + workspace);
        } else {
            kept.add("workspace " + workspace);
        }
        output.print(new DeletionReport(
                Map.of("cluster_id", cluster.id().value()),
                removed,
                kept,
                null,
                "Cluster " + cluster.id() + " was already terminated."));
        return ExitCode.DONE;
    }

    private static void refuseOtherLiveClusters(LocalSession session, LocalCluster cluster) throws IOException {
        for (LocalCluster other : session.clusters().list()) {
            if (other.isActive() && !other.id().equals(cluster.id())) {
                throw CommandFailure.refused("Cluster " + other.id() + " ('" + other.name()
                        + "') is up and uses the same workspace. Terminate it first, or omit --delete-bucket.");
            }
        }
    }

    /** With {@code --workspace .} the directory may be a user's project. */
    private static void refuseForeignFiles(Path workspace) throws IOException {
        try (Stream<Path> entries = Files.list(workspace)) {
            String foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !WORKSPACE_CHILDREN.contains(name))
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!foreign.isEmpty()) {
                throw CommandFailure.refused("The workspace " + workspace + " holds files that Emrelay did not create: "
                        + foreign + ". It is not deleted. Omit --delete-bucket, or move these files away.");
            }
        }
    }
}
