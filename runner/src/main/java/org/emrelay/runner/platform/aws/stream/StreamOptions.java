package org.emrelay.runner.platform.aws.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster file says about a stream's resources.
 *
 * @param bucket used unless the stream's file names one; null for a new one
 * @param permissionsBoundary of the role; null for none
 * @param tags of all resources, besides our own
 */
public record StreamOptions(
        @Nullable String bucket, @Nullable String permissionsBoundary, Map<String, String> tags) {
    public static final StreamOptions NONE = new StreamOptions(null, null, Map.of());

    public StreamOptions {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public static StreamOptions of(Cluster cluster) {
        return new StreamOptions(cluster.storage().bucket(), cluster.iam().permissionsBoundary(), cluster.tags());
    }
}
