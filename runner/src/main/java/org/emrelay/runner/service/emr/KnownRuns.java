package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.EmrClusterState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.cluster.StateChangeReason;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.SharedJournals;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.LocalRunDigests;
import org.emrelay.runner.service.Runs;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this workspace in S3, whether or not their clusters still exist.
 *
 * <p>Known are the buckets of the runs that this machine added, and those of the workspace's clusters that are up.
 */
record KnownRuns(Application app, AwsContext aws) {
    private static final String RUN_FILE = "runs/[^/]+/run\\.json$";

    /** The state of a cluster that EMR no longer lists. */
    private static final EmrClusterState FORGOTTEN = new EmrClusterState("TERMINATED");

    KnownRuns {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(aws, "aws");
    }

    /** A run, and the URI of the workspace that it is in. */
    private record FoundRun(Run run, String workspace) {}

    /** A call that reads a workspace. */
    interface Reading {
        void read(S3Workspace workspace, String uri) throws IOException;
    }

    /**
     * Finds the cluster of a run; empty if there is no run that can be read.
     *
     * @param run the id of the run; null for the newest one
     */
    Optional<EmrCluster> clusterOf(@Nullable String run) throws IOException {
        RunId id = run == null ? null : Runs.runId(run);
        Set<String> uris = id == null ? Set.of() : workspaces(new LocalRunDigests(app).uris(id));
        if (uris.isEmpty()) {
            uris = workspaces(owned(EmrClusterState.UP));
        }
        List<FoundRun> found = new ArrayList<>();
        forEach(
                uris,
                (workspace, uri) -> runs(workspace).find(run).ifPresent(each -> found.add(new FoundRun(each, uri))));
        return found.stream()
                .max((one, other) -> one.run().id().compareTo(other.run().id()))
                .map(this::cluster);
    }

    private Runs runs(S3Workspace workspace) {
        return new Runs(app.context(), workspace, journals(workspace), new LocalRunDigests(app), null);
    }

    static SharedJournals journals(S3Workspace workspace) {
        return new SharedJournals(workspace.versionedStore(), workspace::uri);
    }

    private static Set<String> workspaces(Set<String> runFiles) {
        Set<String> uris = new LinkedHashSet<>();
        runFiles.forEach(file -> uris.add(file.replaceFirst(RUN_FILE, "")));
        uris.removeIf(uri -> !EmrSession.isWorkspace(uri));
        return uris;
    }

    /** The URIs of the workspaces that are known: those of this machine's runs, and of these clusters. */
    Set<String> workspaces(List<ListedCluster> clusters) throws IOException {
        Set<String> uris = workspaces(new LocalRunDigests(app).uris(null));
        for (ListedCluster cluster : clusters) {
            new Clusters(aws)
                    .find(cluster.id())
                    .map(found -> found.tags().getOrDefault(OwnerTags.WORKSPACE_URI, ""))
                    .filter(EmrSession::isWorkspace)
                    .ifPresent(uris::add);
        }
        return uris;
    }

    /**
     * The clusters of this workspace.
     *
     * @param states empty for all
     */
    List<ListedCluster> owned(List<String> states) throws IOException {
        Optional<String> id = EmrClusterPlatform.identity(app).findId();
        return id.isEmpty()
                ? List.of()
                : new Clusters(aws)
                        .list(null, states).stream()
                                .filter(cluster -> cluster.origin()
                                        .filter(origin -> origin.workspaceId().equals(id.get()))
                                        .isPresent())
                                .toList();
    }

    /** A bucket that was deleted, or that belongs to another account, does not hide the others. */
    void forEach(Set<String> uris, Reading reading) throws IOException {
        for (String uri : uris) {
            String location = uri.substring("s3://".length());
            int slash = location.indexOf('/');
            S3Workspace workspace = new S3Workspace(
                    aws, location.substring(0, slash), location.substring(slash + 1), app.progress(), app.progress());
            try {
                reading.read(workspace, uri);
            } catch (AwsException fault) {
                if (fault.is(Kind.ACCESS_DENIED, Kind.INVALID_REQUEST)) {
                    app.progress().notice("warning: " + fault.message());
                } else if (!fault.is(Kind.NOT_FOUND)) {
                    throw fault;
                }
            }
        }
    }

    /** EMR forgets clusters after two months. Of such a one, the workspace is enough to read its runs. */
    private EmrCluster cluster(FoundRun found) {
        String id = found.run().cluster().value();
        return new Clusters(aws)
                .find(id)
                .or(() -> ofCreation(id))
                .orElseGet(() -> new EmrCluster(
                        id,
                        "",
                        FORGOTTEN,
                        new StateChangeReason("", ""),
                        null,
                        null,
                        null,
                        false,
                        found.workspace() + "logs/",
                        "",
                        "",
                        null,
                        "",
                        1,
                        null,
                        Map.of(OwnerTags.WORKSPACE_URI, found.workspace())));
    }

    /** The cluster of a run whose provisional cluster id was never replaced. */
    private Optional<EmrCluster> ofCreation(String provisionalId) {
        return new Clusters(aws)
                .list(null, List.of()).stream()
                        .filter(cluster -> provisionalIds(cluster).contains(provisionalId))
                        .findFirst()
                        .flatMap(cluster -> new Clusters(aws).find(cluster.id()));
    }

    static Set<String> provisionalIds(ListedCluster cluster) {
        return cluster.origin()
                .map(origin -> Set.of(
                        RunJobFlowSteps.provisionalId(origin.creationId()).value()))
                .orElse(Set.of());
    }
}
