package org.emrelay.runner.platform.emr.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.BucketKeys;
import org.emrelay.runner.platform.aws.iam.KmsKey;
import org.emrelay.runner.platform.aws.iam.KmsKeyPolicy;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.preflight.FindingsBuilder;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.emrelay.runner.platform.emr.spec.DefaultKeys.BucketKey;
import org.emrelay.runner.platform.emr.spec.NodeBucket;
import org.jspecify.annotations.Nullable;

/**
 * Finds the KMS keys that the account encrypts with by default, so that the roles of the cluster may use them.
 *
 * <p>Warns of what we cannot allow: keys of other accounts, and roles that are not ours.
 */
record DefaultKeyCheck(AwsContext aws, Cluster cluster, Supplier<String> account, FindingsBuilder findings) {
    private static final String VOLUMES = "new EBS volumes";
    private static final String NO_INSTANCE = "no instance starts";

    DefaultKeys find() {
        BucketKeys bucketKeys = new BucketKeys(aws, account);
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<Optional<KmsKey>> volumes = tasks.start(() -> findings.orWarn(
                    "the default encryption of EBS volumes (ec2:GetEbsEncryptionByDefault, ec2:GetEbsDefaultKmsKeyId); if"
                            + " that is a KMS key, EMR is not allowed to use it, and no instance starts",
                    this::volumeKey,
                    Optional.empty()));
            Map<NodeBucket, Task<Optional<KmsKey>>> buckets = new LinkedHashMap<>();
            for (NodeBucket bucket : NodeBucket.of(cluster)) {
                buckets.put(
                        bucket,
                        tasks.start(() -> findings.orWarn(
                                BucketKeys.unknown(bucket.name()),
                                () -> bucketKeys.find(bucket.name()),
                                Optional.empty())));
            }
            tasks.join();
            List<BucketKey> keys = new ArrayList<>();
            buckets.forEach((bucket, key) -> key.get().ifPresent(known -> keys.add(new BucketKey(bucket, known))));
            keys.forEach(key -> check(key, bucketKeys));
            volumes.get().ifPresent(this::check);
            return new DefaultKeys(volumes.get().orElse(null), keys);
        }
    }

    /** A key of the cluster file replaces the default. */
    private Optional<KmsKey> volumeKey() {
        boolean isEncrypted = cluster.iam().diskEncryptionKey() == null
                && Boolean.TRUE.equals(aws.callBriefly(
                                "get the default encryption of EBS volumes",
                                () -> aws.ec2().getEbsEncryptionByDefault(request -> {}))
                        .ebsEncryptionByDefault());
        return isEncrypted
                ? KmsKey.of(
                        aws.callBriefly(
                                        "get the default KMS key of EBS volumes",
                                        () -> aws.ec2().getEbsDefaultKmsKeyId(request -> {}))
                                .kmsKeyId(),
                        aws.clients().partition(),
                        account.get())
                : Optional.empty();
    }

    private void check(BucketKey key, BucketKeys bucketKeys) {
        NodeBucket bucket = key.bucket();
        bucketKeys
                .crossAccountWarning(key.key(), bucket.name(), bucket.writes())
                .ifPresent(findings::warn);
        checkRole(
                "JobFlowRole: the role of ",
                cluster.iam().instanceProfile(),
                BucketKeys.use(bucket.name()),
                DefaultKeys.statements(List.of(key)),
                BucketKeys.DENIED);
    }

    private void check(KmsKey volumeKey) {
        List<Map<String, Object>> forService = new ArrayList<>();
        KmsKeyPolicy.forService(volumeKey.arn(), forService);
        List<Map<String, Object>> forNodes = new ArrayList<>();
        KmsKeyPolicy.forNodes("DiskKey", volumeKey.arn(), forNodes);
        volumeKey
                .crossAccountWarning(account.get(), VOLUMES, KmsKeyPolicy.volumeActions(), NO_INSTANCE)
                .ifPresent(findings::warn);
        checkRole("ServiceRole: ", cluster.iam().serviceRole(), VOLUMES, forService, NO_INSTANCE);
        checkRole(
                "JobFlowRole: the role of ",
                cluster.iam().instanceProfile(),
                VOLUMES,
                forNodes,
                "nodes may fail to start");
    }

    /** @param given the role of the cluster file; null if the role is created with all that it needs */
    private void checkRole(
            String key, @Nullable String given, String use, List<Map<String, Object>> statements, String otherwise) {
        if (given != null) {
            findings.warn(
                    key + "'" + given + "' is not changed, and a KMS key encrypts " + use + " by default. Unless it"
                            + " has this policy, add it; otherwise " + otherwise + ": "
                            + JsonWriter.line(PolicyDocument.of(statements)));
        }
    }
}
