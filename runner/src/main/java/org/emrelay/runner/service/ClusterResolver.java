package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.jspecify.annotations.Nullable;

/** Resolves the cluster of a command on steps, and opens a session on it. */
public final class ClusterResolver {
    private final Application app;
    private final ClusterSelector selector;
    private final Progress progress;
    private final ClusterPlatform platform;

    /** @param requested the platform named on the command line; null for none */
    public ClusterResolver(Application app, ClusterSelector selector, @Nullable ClusterPlatform requested)
            throws IOException {
        this.app = app;
        this.selector = selector;
        this.progress = app.context().progress();
        this.platform = app.context().platforms().resolve(app, selector, requested);
    }

    ClusterPlatform platform() {
        return platform;
    }

    /** The progress that the session reports to, too. */
    Progress progress() {
        return progress;
    }

    /** Opens the cluster. A session that changes it keeps out other runners until it is closed. */
    public ClusterSession open(Access access) throws IOException {
        return platform.open(app, selector, access, progress);
    }
}
