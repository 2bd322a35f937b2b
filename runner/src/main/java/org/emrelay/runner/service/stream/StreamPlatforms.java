package org.emrelay.runner.service.stream;

import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.stream.CreatedStream;

/** Finds the platform of an existing stream. */
final class StreamPlatforms {
    private StreamPlatforms() {}

    static ClusterPlatform of(Application app, CreatedStream created) {
        return app.context()
                .platforms()
                .find(created.platform())
                .orElseThrow(() -> CommandFailure.refused("The stream is on the platform '" + created.platform()
                        + "', which this version of Emrelay does not support."));
    }
}
