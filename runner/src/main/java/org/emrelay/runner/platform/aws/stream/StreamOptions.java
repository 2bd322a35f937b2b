package org.emrelay.runner.platform.aws.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cluster file for a stream's resources.
 *
 * @param bucket used unless the stream file names one; null for a new one
 * @param permissionsBoundary the permissions boundary of the role; null for none
 * @param tags the tags of all resources, in addition to the owner tags
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
