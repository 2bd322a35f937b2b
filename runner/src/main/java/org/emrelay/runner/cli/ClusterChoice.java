package org.emrelay.runner.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a cluster is meant; without them it is the one of this workspace that is up. */
final class ClusterChoice {
    @Option(
            names = {"-idc", "--cluster_id"},
            paramLabel = "ID",
            description =
                    "The cluster's id, such as local-1a2b3c4d (default: the one cluster of this workspace that is up).")
    @Nullable
    String id;

    @Option(
            names = {"-c", "--cname"},
            paramLabel = "NAME",
            description = "The cluster's name, instead of its id.")
    @Nullable
    String name;
}
