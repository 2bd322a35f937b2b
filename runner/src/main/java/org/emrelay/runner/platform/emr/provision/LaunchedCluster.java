package org.emrelay.runner.platform.emr.provision;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that EMR has accepted. It may still refuse a new service role, after which the cluster ends.
 *
 * @param creationId the part of its name that is unique
 * @param launch requests the cluster again
 * @param roleVisible when EMR certainly sees the new service role; null if the role is not new, or the cluster was
 *     requested again already
 */
public record LaunchedCluster(
        String id,
        String creationId,
        ClusterLaunch launch,
        @Nullable Instant roleVisible) {
    public LaunchedCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(creationId, "creationId");
        Objects.requireNonNull(launch, "launch");
    }
}
