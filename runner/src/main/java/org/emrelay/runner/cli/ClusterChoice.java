package org.emrelay.runner.cli;

import org.emrelay.runner.service.ClusterSelector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a cluster. */
final class ClusterChoice {
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

    ClusterSelector selector() {
        return new ClusterSelector(id, name);
    }
}
