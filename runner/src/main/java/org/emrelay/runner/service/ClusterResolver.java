package org.emrelay.runner.service;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.report.Progress;
import org.jspecify.annotations.Nullable;

/** Resolves the cluster of a command on steps, and opens a session on it. */
public final class ClusterResolver {
    private final Application app;
    private final ClusterSelector selector;
    private final Progress progress;
    private final Target target;

    /** @param requested the platform named on the command line; null for none */
    public ClusterResolver(Application app, ClusterSelector selector, @Nullable Target requested) throws IOException {
        this.app = app;
        this.selector = selector;
        this.progress = app.context().progress();
        this.target = new TargetResolver(app).of(selector, requested);
    }

    /** The cluster's platform, as far as it is known without an AWS call. */
    Target target() {
        return target;
    }

    /** The progress that the session reports to, too. */
    Progress progress() {
        return progress;
    }

    /** Opens a cluster that is up, to add steps. */
    ClusterSession openToAdd() throws IOException {
        if (target == Target.EMR) {
            return openEmr(true);
        }
        LocalSession session = app.localSession();
        return new LocalClusterSession(session, session.lookup().up(selector), progress, null);
    }

    /**
     * Opens a cluster to execute steps, and locks it. An EMR cluster may have ended: the outcome of its last steps may still have to be
     * recorded.
     */
    ClusterSession openToExecute(String action) throws IOException {
        if (target == Target.EMR) {
            return openEmr(false);
        }
        LocalSession session = app.existingLocalSession();
        LocalCluster cluster = session.lookup().up(selector);
        return new LocalClusterSession(session, cluster, progress, session.lock(action));
    }

    /** Opens a cluster, up or ended, to change its runs, and locks it. */
    ClusterSession openToChange(String action) throws IOException {
        if (target == Target.EMR) {
            return openEmr(false);
        }
        LocalSession session = app.existingLocalSession();
        return new LocalClusterSession(session, session.lookup().any(selector), progress, session.lock(action));
    }

    /** Opens a cluster, up or ended, read-only. */
    public ClusterSession openToRead() throws IOException {
        if (target == Target.EMR) {
            return openEmr(false);
        }
        LocalSession session = app.existingLocalSession();
        return new LocalClusterSession(session, session.lookup().any(selector), progress, null);
    }

    private EmrSession openEmr(boolean mustBeUp) throws IOException {
        if (selector.id() != null && !ClusterId.isValid(selector.id())) {
            throw CommandFailure.usage(invalidId(selector.id()));
        }
        AwsContext aws = app.aws();
        try {
            aws.clients().prewarm();
            EmrCluster cluster = selected(aws);
            if (mustBeUp && !cluster.isUp()) {
                throw EmrSession.isNotUp(cluster);
            }
            return new EmrSession(app.context(), aws, cluster, progress);
        } catch (IOException | RuntimeException failure) {
            aws.clients().close();
            throw failure;
        }
    }

    static String invalidId(String id) {
        return "-idc '" + id + "' is not a valid cluster id, such as local-1a2b3c4d or j-ABCDEFGHIJKL.";
    }

    private EmrCluster selected(AwsContext aws) throws IOException {
        WorkspaceIdentity identity = app.identity();
        ClusterQueries queries = new ClusterQueries(aws, identity, progress);
        if (selector.id() != null) {
            return queries.getById(selector.id());
        } else if (selector.name() != null) {
            return queries.getByName(selector.name());
        }
        List<ListedCluster> up = identity.findId().isPresent() ? queries.listUp() : List.of();
        if (up.size() == 1) {
            return queries.getById(up.get(0).id());
        }
        throw CommandFailure.refused(
                up.isEmpty()
                        ? "No EMR cluster of this workspace is up. Create one with -a create_cluster -c NAME, or select one"
                                + " that has ended with -c NAME or -idc j-XXX."
                        : "Several EMR clusters of this workspace are up: "
                                + up.stream()
                                        .map(each -> each.id() + " ('"
                                                + each.origin().orElseThrow().cluster() + "')")
                                        .collect(Collectors.joining(", "))
                                + ". Select one with -idc.");
    }
}
