package org.emrelay.runner.cli;

import java.io.IOException;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.SelectedCluster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An action on an existing cluster, with the options that select it. */
abstract class ClusterAction extends PlatformAction {
    @Option(
            names = {"-idc", "--cluster_id"},
            paramLabel = "ID",
            description =
                    "Cluster id, such as local-1a2b3c4d (default: the only cluster of this workspace that is up).")
    private @Nullable String id;

    @Option(
            names = {"-c", "--cname"},
            paramLabel = "NAME",
            description = "Cluster name, instead of the id.")
    private @Nullable String name;

    @Mixin
    private TargetOption.Implied target;

    /** The id of the run that the action needs; null for the newest, or for none. */
    @Nullable
    String run() {
        return null;
    }

    SelectedCluster cluster(RunnerContext context) throws IOException {
        Application app = application(context);
        ClusterSelector selector = new ClusterSelector(id, name, run());
        return new SelectedCluster(app, selector, context.platforms().resolve(app, selector, target.platform));
    }

    /** The cluster of a run that is only read: without id and name, that of the newest run of any platform. */
    SelectedCluster clusterOfRun(RunnerContext context) throws IOException {
        Application app = application(context);
        ClusterSelector selector = new ClusterSelector(id, name, run());
        return new SelectedCluster(app, selector, context.platforms().resolveRun(app, selector, target.platform));
    }
}
