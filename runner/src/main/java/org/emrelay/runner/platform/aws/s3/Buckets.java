package org.emrelay.runner.platform.aws.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Buckets of S3: made, closed to the public, and filled with what a cluster starts with. */
public final class Buckets {
    /** The region that S3 takes no location for. */
    private static final String FIRST_REGION = "us-east-1";

    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final AwsContext aws;

    public Buckets(AwsContext aws) {
        this.aws = aws;
    }

    private S3Client s3() {
        return aws.clients().s3();
    }

    /** The account's own buckets whose names begin like this. */
    public Set<String> list(String prefix) {
        return aws.patience().ask("list the buckets", () -> s3().listBuckets()).buckets().stream()
                .map(Bucket::name)
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    /** Makes a bucket; one of the account's own of this name is used again. */
    public void create(BucketSpec draft) {
        CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(draft.name());
        String region = aws.clients().region();
        if (!region.equals(FIRST_REGION)) {
            request.createBucketConfiguration(configuration -> configuration.locationConstraint(region));
        }
        try {
            aws.patience()
                    .ask(
                            "create the bucket " + draft.name(),
                            fault -> fault.is(Kind.IN_USE),
                            SETTLING,
                            () -> s3().createBucket(request.build()));
        } catch (AwsException fault) {
            if (!fault.is(Kind.ALREADY_THERE)) {
                throw fault;
            }
        }
    }

    private void set(BucketSpec draft, String what, Runnable call) {
        aws.patience()
                .ask(
                        what + " of the bucket " + draft.name(),
                        fault -> fault.is(Kind.ABSENT) || fault.is(Kind.IN_USE),
                        SETTLING,
                        () -> {
                            call.run();
                            return Boolean.TRUE;
                        });
    }

    public void tag(BucketSpec draft) {
        List<Tag> tags = draft.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        set(
                draft,
                "set the tags",
                () -> s3().putBucketTagging(
                                request -> request.bucket(draft.name()).tagging(tagging -> tagging.tagSet(tags))));
    }

    public void blockPublicAccess(BucketSpec draft) {
        set(
                draft,
                "block public access",
                () -> s3().putPublicAccessBlock(request -> request.bucket(draft.name())
                        .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)
                                .blockPublicPolicy(true)
                                .ignorePublicAcls(true)
                                .restrictPublicBuckets(true))));
    }

    public void requireTls(BucketSpec draft) {
        set(
                draft,
                "set the policy",
                () -> s3().putBucketPolicy(
                                request -> request.bucket(draft.name()).policy(JsonWriter.line(draft.policy()))));
    }

    public void encrypt(BucketSpec draft) {
        ServerSideEncryptionRule rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(ServerSideEncryption.AES256)
                        .build())
                .build();
        set(
                draft,
                "set the encryption",
                () -> s3().putBucketEncryption(request -> request.bucket(draft.name())
                        .serverSideEncryptionConfiguration(configuration -> configuration.rules(rule))));
    }

    public void forgetOldLogs(BucketSpec draft, String keyPrefix) {
        LifecycleRule logs = LifecycleRule.builder()
                .id("logs")
                .status(ExpirationStatus.ENABLED)
                .filter(LifecycleRuleFilter.builder()
                        .prefix(keyPrefix + BucketSpec.LOGS)
                        .build())
                .expiration(LifecycleExpiration.builder()
                        .days(BucketSpec.LOGS_KEPT_DAYS)
                        .build())
                .build();
        LifecycleRule uploads = LifecycleRule.builder()
                .id("unfinished-uploads")
                .status(ExpirationStatus.ENABLED)
                .filter(LifecycleRuleFilter.builder().prefix("").build())
                .abortIncompleteMultipartUpload(AbortIncompleteMultipartUpload.builder()
                        .daysAfterInitiation(BucketSpec.UNFINISHED_UPLOADS_KEPT_DAYS)
                        .build())
                .build();
        set(
                draft,
                "set the lifecycle",
                () -> s3().putBucketLifecycleConfiguration(request -> request.bucket(draft.name())
                        .lifecycleConfiguration(configuration -> configuration.rules(logs, uploads))));
    }

    /** Puts a file under a key that names its content, unless it is there. */
    public void upload(String bucket, String key, Path file) {
        put(bucket, key, RequestBody.fromFile(file));
    }

    /** Puts a text likewise. */
    public void write(String bucket, String key, String text) {
        put(bucket, key, RequestBody.fromString(text));
    }

    private void put(String bucket, String key, RequestBody content) {
        try {
            aws.patience()
                    .ask(
                            "upload s3://" + bucket + "/" + key,
                            fault -> fault.code().equals("NoSuchBucket") || fault.is(Kind.IN_USE),
                            SETTLING,
                            () -> s3().putObject(
                                            request -> request.bucket(bucket)
                                                    .key(key)
                                                    .ifNoneMatch("*"),
                                            content));
        } catch (AwsException fault) {
            if (!fault.is(Kind.ALREADY_THERE)) {
                throw fault;
            }
        }
    }

    /** The tags of a bucket; empty when there is no such bucket, and no tags when it has none. */
    public Optional<Map<String, String>> find(String bucket) {
        try {
            Map<String, String> tags = new HashMap<>();
            aws.patience()
                    .ask("look at the bucket " + bucket, () -> s3().getBucketTagging(request -> request.bucket(bucket)))
                    .tagSet()
                    .forEach(tag -> tags.put(tag.key(), tag.value()));
            return Optional.of(tags);
        } catch (AwsException fault) {
            if (fault.code().equals("NoSuchTagSet")) {
                return Optional.of(Map.of());
            } else if (fault.is(Kind.ABSENT)) {
                return Optional.empty();
            }
            throw fault;
        }
    }
}
