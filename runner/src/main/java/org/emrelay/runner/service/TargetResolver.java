package org.emrelay.runner.service;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.local.LocalCluster;
import org.jspecify.annotations.Nullable;

/** Resolves the platform of the selected cluster from its id, or from the clusters of this workspace. */
final class TargetResolver {
    private final Application app;

    TargetResolver(Application app) {
        this.app = app;
    }

    /**
     * Resolves the platform.
     *
     * @param requested the platform named on the command line; null for none
     */
    Target of(ClusterSelector selector, @Nullable Target requested) throws IOException {
        if (requested != null) {
            return requested;
        } else if (selector.id() != null) {
            return ClusterId.isValid(selector.id()) && !new ClusterId(selector.id()).isLocal()
                    ? Target.EMR
                    : Target.LOCAL;
        }
        WorkspaceIdentity identity = app.identity();
        if (identity.findId().isEmpty()) {
            return Target.LOCAL;
        }
        List<LocalCluster> local = app.localClusters();
        if (selector.name() == null) {
            return local.stream().anyMatch(LocalCluster::isActive) ? Target.LOCAL : Target.EMR;
        }
        return byName(selector.name(), local, identity.clusterNames());
    }

    private static Target byName(String name, List<LocalCluster> local, List<String> emr) {
        boolean isLocal = local.stream().anyMatch(cluster -> cluster.name().equals(name));
        if (isLocal && emr.contains(name)) {
            throw CommandFailure.refused("This workspace has both a local cluster and an EMR cluster named '" + name
                    + "'. Select one with -t local or -t emr.");
        }
        return isLocal ? Target.LOCAL : Target.EMR;
    }

    /** The name that selects an EMR cluster: the given one or, without name and id, that of the workspace's only cluster. */
    static @Nullable String emrName(ClusterSelector selector, WorkspaceIdentity identity) throws IOException {
        return selector.id() == null && selector.name() == null ? onlyCluster(identity) : selector.name();
    }

    private static String onlyCluster(WorkspaceIdentity identity) throws IOException {
        List<String> names = identity.clusterNames();
        if (names.size() != 1) {
            throw CommandFailure.refused(
                    names.isEmpty()
                            ? "This workspace has no EMR cluster. Select one with -idc j-XXX."
                            : "This workspace has several EMR clusters: " + String.join(", ", names)
                                    + ". Select one with -c.");
        }
        return names.get(0);
    }
}
