package org.emrelay.runner.cli;

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

/** Finds the cluster that a command on steps means, and opens it. */
final class ClusterResolver {
    private final CliContext world;
    private final CommonOptions common;
    private final ClusterChoice choice;
    private final AwsOptions options;
    private final Progress progress;
    private final Target target;

    /** @param given the platform that the command line names; null when it names none */
    ClusterResolver(
            CliContext world, CommonOptions common, ClusterChoice choice, AwsOptions options, @Nullable Target given)
            throws IOException {
        this.world = world;
        this.common = common;
        this.choice = choice;
        this.options = options;
        this.progress = world.progress();
        this.target = new TargetResolver(world, common).of(choice, given);
    }

    /** Where the cluster is that is meant, as far as that is known without asking. */
    Target target() {
        return target;
    }

    /** What the session that is opened tells its progress by too. */
    Progress progress() {
        return progress;
    }

    /** One that is up, for new steps. */
    ClusterSession toAdd() throws IOException {
        if (target == Target.EMR) {
            return onEmr(true);
        }
        LocalSession session = LocalSession.open(world, common);
        return new LocalClusterSession(world, session, session.finder().up(choice), progress, null);
    }

    /** One that is up, and nobody else's as long as the session is open; one on EMR may have ended with steps of which nobody knows yet. */
    ClusterSession toExecute(String action) throws IOException {
        if (target == Target.EMR) {
            return onEmr(false);
        }
        LocalSession session = LocalSession.openExisting(world, common);
        LocalCluster cluster = session.finder().up(choice);
        return new LocalClusterSession(world, session, cluster, progress, session.lock(action));
    }

    /** One whose runs are changed, up or not. */
    ClusterSession toChange(String action) throws IOException {
        if (target == Target.EMR) {
            return onEmr(false);
        }
        LocalSession session = LocalSession.openExisting(world, common);
        return new LocalClusterSession(world, session, session.finder().any(choice), progress, session.lock(action));
    }

    /** One that is only looked at, up or not. */
    ClusterSession toLook() throws IOException {
        if (target == Target.EMR) {
            return onEmr(false);
        }
        LocalSession session = LocalSession.openExisting(world, common);
        return new LocalClusterSession(world, session, session.finder().any(choice), progress, null);
    }

    private EmrSession onEmr(boolean up) throws IOException {
        if (choice.id != null && !ClusterId.isUsable(choice.id)) {
            throw CommandFailure.usage(
                    "-idc '" + choice.id + "' is no cluster id: they look like local-1a2b3c4d or j-ABCDEFGHIJKL.");
        }
        AwsContext aws = EmrAccess.aws(world, options);
        try {
            aws.clients().prepare();
            EmrCluster cluster = meant(aws);
            if (up && !cluster.isUp()) {
                throw EmrSession.isNotUp(cluster);
            }
            return new EmrSession(world, aws, cluster, progress);
        } catch (IOException | RuntimeException failure) {
            aws.clients().close();
            throw failure;
        }
    }

    private EmrCluster meant(AwsContext aws) throws IOException {
        WorkspaceIdentity identity = EmrAccess.identity(world, common);
        ClusterQueries looks = new ClusterQueries(aws, identity, progress::say);
        if (choice.id != null) {
            return looks.cluster(choice.id);
        } else if (choice.name != null) {
            return looks.named(choice.name);
        }
        List<ListedCluster> up = identity.find().isPresent() ? looks.up() : List.of();
        if (up.size() == 1) {
            return looks.cluster(up.get(0).id());
        }
        throw CommandFailure.refused(
                up.isEmpty()
                        ? "No cluster of this workspace is up on EMR. Make one with -a create_cluster -c NAME; one that has"
                                + " ended is named by -c NAME or -idc j-XXX."
                        : "More than one cluster of this workspace is up on EMR: "
                                + up.stream()
                                        .map(each -> each.id() + " ('"
                                                + each.maker().orElseThrow().cluster() + "')")
                                        .collect(Collectors.joining(", "))
                                + ". Name one with -idc.");
    }
}
