package org.emrelay.runner.platform.aws.iam;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/**
 * Reads which KMS keys encrypt new objects in buckets by default.
 *
 * @param account asked for a bucket with a key only
 */
public record BucketKeys(AwsContext aws, Supplier<String> account) {
    /** What happens to nodes that may not use the key of a bucket. */
    public static final String DENIED = "nodes get AccessDenied from S3";

    /** The key of a bucket; empty if S3 or AWS manages it, or if there is no such bucket. */
    public Optional<KmsKey> find(String bucket) {
        return defaults(bucket)
                .filter(encryption ->
                        Objects.toString(encryption.sseAlgorithmAsString(), "").startsWith("aws:kms"))
                .findFirst()
                .flatMap(encryption ->
                        KmsKey.of(encryption.kmsMasterKeyID(), aws.clients().partition(), account.get()));
    }

    private Stream<ServerSideEncryptionByDefault> defaults(String bucket) {
        List<ServerSideEncryptionRule> rules = AwsException.handle(
                () -> aws.callBriefly(
                                "get the encryption of the bucket " + bucket,
                                () -> aws.s3().getBucketEncryption(request -> request.bucket(bucket)))
                        .serverSideEncryptionConfiguration()
                        .rules(),
                fault -> List.of(),
                Kind.NOT_FOUND);
        return rules.stream()
                .map(ServerSideEncryptionRule::applyServerSideEncryptionByDefault)
                .filter(Objects::nonNull);
    }

    /** Warns of a key of another account: {@link KmsKey#crossAccountWarning}. */
    public Optional<String> crossAccountWarning(KmsKey key, String bucket, boolean writes) {
        return key.crossAccountWarning(account.get(), use(bucket), KmsKeyPolicy.bucketActions(writes), DENIED);
    }

    /** What the key of a bucket encrypts. */
    public static String use(String bucket) {
        return "new objects in bucket " + bucket;
    }

    /** What is unknown, and what follows, if the key of a bucket cannot be read. */
    public static String unknown(String bucket) {
        return "the default encryption of bucket " + bucket
                + " (s3:GetEncryptionConfiguration); if that is a KMS key, the"
                + " nodes are not allowed to use it, and get AccessDenied from S3";
    }
}
