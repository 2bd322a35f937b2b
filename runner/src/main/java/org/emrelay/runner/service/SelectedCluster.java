package org.emrelay.runner.service;

import java.io.IOException;
import java.util.Objects;
import org.emrelay.runner.service.ClusterPlatform.Access;

/** The cluster that a command works on, and its platform. */
public record SelectedCluster(Application app, ClusterSelector selector, ClusterPlatform platform) {
    public SelectedCluster {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(platform, "platform");
    }

    /** Opens the cluster. A session that changes it keeps out other runners until it is closed. */
    public ClusterSession open(Access access) throws IOException {
        return platform.open(app, selector, access);
    }
}
