package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        WorkspaceLock lock = app.lock();
        if (removal.deleteBucket()) {
            lock.lockExclusively();
            refuseOtherLiveClusters(session, cluster);
            for (ClusterPlatform platform : app.context().platforms().all()) {
                platform.refuseWorkspaceDeletion(app);
            }
            new Confirmation(app.context(), removal.confirmed())
                    .require("Delete the workspace " + workspace + " with all results in it?");
        } else {
            lock.lockCluster(cluster.id());
        }
        if (cluster.isActive()) {
            session.clusters().end(cluster.id());
            removed.add("cluster " + cluster.id());
        }
        if (removal.deleteBucket()) {
            for (Path foreign : lock.deleteWorkspace()) {
                kept.add(foreign + ", which Emrelay did not create");
            }
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
}
