package org.emrelay.runner.platform.emr.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.platform.aws.s3.S3Uri;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of the user that the nodes of a cluster use.
 *
 * @param writes whether they write to it, or only read
 */
public record NodeBucket(String name, boolean writes) {
    /** EMR's own buckets, such as us-east-1.elasticmapreduce, which hold public bootstrap actions. */
    private static final Pattern OF_EMR = Pattern.compile("(.*\\.)?elasticmapreduce(\\..*)?");

    public NodeBucket {
        Objects.requireNonNull(name, "name");
    }

    /** The buckets that a cluster file names. */
    public static List<NodeBucket> of(Cluster cluster) {
        Cluster.Storage storage = cluster.storage();
        Map<String, Boolean> writesByName = new LinkedHashMap<>();
        if (storage.bucket() != null) {
            writesByName.put(storage.bucket(), true);
        }
        // A key for the logs takes precedence over the bucket's.
        if (storage.logEncryptionKey() == null) {
            add(storage.logUri(), true, writesByName);
        }
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            if (action.script() instanceof FileRef.Remote remote) {
                add(remote.uri(), false, writesByName);
            }
        }
        return writesByName.entrySet().stream()
                .map(entry -> new NodeBucket(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void add(@Nullable String uri, boolean writes, Map<String, Boolean> writesByName) {
        S3Uri.parse(Objects.requireNonNullElse(uri, ""))
                .map(S3Uri::bucket)
                .filter(bucket -> !OF_EMR.matcher(bucket).matches())
                .ifPresent(bucket -> writesByName.merge(bucket, writes, Boolean::logicalOr));
    }
}
