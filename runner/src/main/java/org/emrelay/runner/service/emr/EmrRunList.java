package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.EmrClusterState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.report.RunListReport.Row;
import org.emrelay.runner.report.RunListReport.Status;
import org.emrelay.runner.run.LeaseCheck;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.LocalRunDigests;
import org.emrelay.runner.service.RunListing;
import org.jspecify.annotations.Nullable;

/** Lists the runs of this workspace in S3. */
record EmrRunList(Application app, AwsContext aws) {
    EmrRunList {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(aws, "aws");
    }

    /** The runs of a cluster, or of all clusters if neither id nor name selects one. */
    List<Row> rows(ClusterSelector selector) throws IOException {
        KnownRuns known = new KnownRuns(app, aws);
        List<ListedCluster> active = known.owned(EmrClusterState.ACTIVE);
        Set<String> workspaces = known.workspaces(active);
        Predicate<Run> filter = selector.isNone() ? run -> true : filter(selector, known, workspaces);
        Set<ClusterId> activeIds = ids(active);
        Map<RunId, Row> rows = new HashMap<>();
        known.forEach(
                workspaces,
                (workspace, uri) -> new RunListing(
                                workspace,
                                new RunStore(workspace, new LocalRunDigests(app)),
                                KnownRuns.journals(workspace),
                                app.context().clock())
                        .rows(
                                filter,
                                inspector(workspace, activeIds),
                                app.context().err()::println)
                        .forEach(row -> rows.put(row.id(), row)));
        return List.copyOf(rows.values());
    }

    /** @param workspaces receives the one of the selected cluster, which may be of another directory */
    private Predicate<Run> filter(ClusterSelector selector, KnownRuns known, Set<String> workspaces)
            throws IOException {
        EmrCluster cluster = EmrClusterPlatform.selected(app, selector, aws);
        String workspace = cluster.tags().getOrDefault(OwnerTags.WORKSPACE_URI, "");
        if (EmrSession.isWorkspace(workspace)) {
            workspaces.add(workspace);
        }
        Set<ClusterId> selected = ids(known.owned(List.of()).stream()
                .filter(each -> selector.id() != null
                        ? each.id().equals(selector.id())
                        : each.origin().orElseThrow().cluster().equals(selector.name()))
                .toList());
        selected.add(new ClusterId(cluster.id()));
        return run -> selected.contains(run.cluster());
    }

    private static Set<ClusterId> ids(List<ListedCluster> clusters) {
        Set<ClusterId> ids = new LinkedHashSet<>();
        for (ListedCluster cluster : clusters) {
            ids.add(new ClusterId(cluster.id()));
            KnownRuns.provisionalIds(cluster).forEach(id -> ids.add(new ClusterId(id)));
        }
        return ids;
    }

    private RunListing.Inspector inspector(S3Workspace workspace, Set<ClusterId> active) {
        LeaseCheck leases = new LeaseCheck(
                workspace.versionedStore(),
                workspace::uri,
                app.context().processes(),
                app.context().clock());
        return new RunListing.Inspector() {
            @Override
            public Status status(RecordedRun recorded) throws IOException {
                Run run = recorded.run();
                if (leases.isHeld(run.id())) {
                    return Status.RUNNING;
                } else if (!recorded.state().active().isEmpty() && active.contains(run.cluster())) {
                    return Status.DETACHED;
                }
                return recorded.state().hasBegun() ? Status.STOPPED : Status.WAITING;
            }

            /** Finding out takes a call for each thousand files of each run. */
            @Override
            public @Nullable Long bytes(Run run) {
                return null;
            }
        };
    }
}
