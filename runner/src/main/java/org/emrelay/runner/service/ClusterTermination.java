package org.emrelay.runner.service;

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
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.Termination;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.DeletionReport;
import org.jspecify.annotations.Nullable;

/** Terminates a cluster and deletes what was created for it; results stay unless their deletion is requested. */
public final class ClusterTermination {
    /** The children of a local workspace. */
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
    private final boolean confirmed;
    private final boolean force;
    private final boolean deleteBucket;

    /**
     * Prepares a termination.
     *
     * @param force whether to terminate a protected cluster
     * @param deleteBucket whether to delete the workspace too: scripts, logs, journals and results
     */
    public ClusterTermination(Application app, boolean confirmed, boolean force, boolean deleteBucket) {
        this.app = app;
        this.confirmed = confirmed;
        this.force = force;
        this.deleteBucket = deleteBucket;
    }

    /**
     * Terminates the selected cluster.
     *
     * @param requested the platform named on the command line; null for none
     */
    public ExitCode terminate(ClusterSelector selector, @Nullable Target requested, CommandOutput output)
            throws IOException {
        return new TargetResolver(app).of(selector, requested) == Target.EMR
                ? terminateEmr(selector, output)
                : terminateLocal(selector, output);
    }

    private ExitCode terminateEmr(ClusterSelector selector, CommandOutput output) throws IOException {
        String name = TargetResolver.emrName(selector, app.identity());
        try (EmrClusters clusters = app.emrClusters();
                Termination termination = clusters.prepareTermination(selector.id(), name)) {
            refuseProtected(termination);
            ExistingResources existing = termination.existing();
            boolean deletesBucket = deleteBucket && existing.bucketExists();
            if (!existing.hasNothingToDelete() || deletesBucket) {
                String bucket =
                        deletesBucket ? " and the bucket " + existing.bucketName() + " with all results in it" : "";
                confirm("Delete " + existing.summary() + bucket + " of '" + termination.name() + "'?");
            }
            ResourceDeletion.Outcome outcome = termination.execute(deleteBucket);
            output.print(new DeletionReport(
                    Map.of("name", termination.name()),
                    outcome.removed(),
                    outcome.kept(),
                    outcome.failures(),
                    "No resources of '" + termination.name() + "' exist."));
            outcome.failures().forEach(app.context().err()::println);
            if (!outcome.isComplete()) {
                app.context().err().println("Some resources were not deleted. Run the same command again.");
            }
            return outcome.isComplete() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }

    private void confirm(String question) throws IOException {
        new Confirmation(app.context(), confirmed).require(question);
    }

    private void refuseProtected(Termination termination) {
        List<String> clusters = termination.protectedClusters();
        if (!clusters.isEmpty() && !force) {
            throw CommandFailure.refused("Termination protection is enabled for cluster " + String.join(", ", clusters)
                    + ". Pass --force to terminate it anyway.");
        }
    }

    private ExitCode terminateLocal(ClusterSelector selector, CommandOutput output) throws IOException {
        LocalSession session = app.existingLocalSession();
        LocalCluster cluster = session.lookup().any(selector);
        List<String> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        String workspace = session.workspace().directory().toString();
        try (WorkspaceLock lock = session.lock("terminate_cluster")) {
            if (deleteBucket) {
                refuseOtherLiveClusters(session, cluster);
                refuseEmrJournals();
                refuseForeignFiles(session.workspace().directory());
                confirm("Delete the workspace " + workspace + " with all results in it?");
            }
            if (cluster.isActive()) {
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

    /** The workspace also holds the journals of what was created on AWS. */
    private void refuseEmrJournals() throws IOException {
        List<String> names = app.identity().clusterNames();
        if (!names.isEmpty()) {
            throw CommandFailure.refused("The workspace holds the resource journals of EMR clusters ("
                    + String.join(", ", names) + ") and is not deleted. Omit --delete-bucket.");
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
