package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.local.LocalCluster;
import org.jspecify.annotations.Nullable;

/** Tells on which platform the cluster is that a command means: its id says it, or what this workspace knows of its name. */
final class TargetResolver {
    private final CliContext world;
    private final CommonOptions common;

    TargetResolver(CliContext world, CommonOptions common) {
        this.world = world;
        this.common = common;
    }

    /**
     * The platform of the cluster that is meant.
     *
     * @param given the platform that the command line names; null when it names none
     */
    Target of(ClusterChoice choice, @Nullable Target given) throws IOException {
        if (given != null) {
            return given;
        } else if (choice.id != null) {
            return ClusterId.isUsable(choice.id) && !new ClusterId(choice.id).isLocal() ? Target.EMR : Target.LOCAL;
        }
        WorkspaceIdentity identity = EmrAccess.identity(world, common);
        if (identity.find().isEmpty()) {
            return Target.LOCAL;
        }
        List<LocalCluster> local = LocalSession.clustersIfAny(world, common);
        if (choice.name == null) {
            return local.stream().anyMatch(LocalCluster::isUp) ? Target.LOCAL : Target.EMR;
        }
        return byName(choice.name, local, identity.clusters());
    }

    private static Target byName(String name, List<LocalCluster> local, List<String> emr) {
        boolean here = local.stream().anyMatch(cluster -> cluster.name().equals(name));
        if (here && emr.contains(name)) {
            throw CommandFailure.refused("Both a cluster of this machine and one on EMR are named '" + name
                    + "' in this workspace: say which one with -t local or -t emr.");
        }
        return here ? Target.LOCAL : Target.EMR;
    }

    /** The name of the EMR cluster that is meant where the command line names none: the only one that this workspace knows. */
    static String onlyOne(WorkspaceIdentity identity) throws IOException {
        List<String> names = identity.clusters();
        if (names.size() != 1) {
            throw CommandFailure.refused(
                    names.isEmpty()
                            ? "No cluster on EMR was made from this workspace. Name one with -idc j-XXX."
                            : "More than one cluster on EMR was made from this workspace: " + String.join(", ", names)
                                    + ". Name one with -c.");
        }
        return names.get(0);
    }
}
