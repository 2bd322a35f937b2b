package org.emrelay.runner.platform.emr.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.iam.KmsKey;
import org.emrelay.runner.platform.aws.iam.KmsKeyPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The customer managed KMS keys that the account encrypts with by default. The cluster file does not name them.
 *
 * @param volumes the key of new EBS volumes; null for none
 * @param buckets the keys of the given buckets
 */
public record DefaultKeys(@Nullable KmsKey volumes, List<BucketKey> buckets) {
    /** Those of a plan, which knows no account. */
    public static final DefaultKeys NONE = new DefaultKeys(null, List.of());

    /** The key of a given bucket. */
    public record BucketKey(NodeBucket bucket, KmsKey key) {
        public BucketKey {
            Objects.requireNonNull(bucket, "bucket");
            Objects.requireNonNull(key, "key");
        }
    }

    public DefaultKeys {
        buckets = List.copyOf(buckets);
    }

    /** The ARN of the key that encrypts the EBS volumes of a cluster; null for none. */
    public @Nullable String volumeKey(Cluster cluster) {
        String given = cluster.iam().diskEncryptionKey();
        return given == null && volumes != null ? volumes.arn() : given;
    }

    /** The statements that let nodes use the keys of buckets. */
    public static List<Map<String, Object>> statements(List<BucketKey> buckets) {
        Map<KmsKey, Boolean> writesByKey = new LinkedHashMap<>();
        buckets.forEach(
                bucket -> writesByKey.merge(bucket.key(), bucket.bucket().writes(), Boolean::logicalOr));
        List<Map<String, Object>> statements = new ArrayList<>();
        writesByKey.forEach((key, writes) ->
                statements.add(KmsKeyPolicy.forBucket("BucketKey" + (statements.size() + 1), key.arn(), writes)));
        return statements;
    }
}
