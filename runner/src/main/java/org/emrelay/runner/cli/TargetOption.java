package org.emrelay.runner.cli;

import org.emrelay.runner.service.ClusterPlatform;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects the platform. */
final class TargetOption {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "${bundle:platforms}",
            defaultValue = "local",
            description = "Platform: ${bundle:platforms.local}.")
    ClusterPlatform platform;

    /** The option where the id or the workspace implies the platform. */
    static final class Implied {
        @Option(
                names = {"-t", "--target"},
                paramLabel = "${bundle:platforms}",
                order = ActionCommand.TARGET_OPTION,
                description = "Platform of the cluster (default: implied by the id or the workspace).")
        @Nullable
        ClusterPlatform platform;
    }
}
