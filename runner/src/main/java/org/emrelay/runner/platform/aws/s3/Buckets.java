package org.emrelay.runner.platform.aws.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/** Creates and configures S3 buckets and uploads the files that a cluster starts with. */
public record Buckets(AwsContext aws) {
    /** S3 rejects a location constraint in this region. */
    private static final String NO_LOCATION_CONSTRAINT = "us-east-1";

    private static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(2);

    /** The names of the account's buckets with this prefix. */
    public Set<String> list(String prefix) {
        return aws.call("list the buckets", () -> aws.s3().listBuckets()).buckets().stream()
                .map(Bucket::name)
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    /** Creates a bucket; reuses an existing one of the same account. */
    public void create(BucketSpec spec) {
        CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(spec.name());
        String region = aws.clients().region();
        if (!region.equals(NO_LOCATION_CONSTRAINT)) {
            request.createBucketConfiguration(configuration -> configuration.locationConstraint(region));
        }
        aws.create(
                "create the bucket " + spec.name(),
                fault -> fault.is(Kind.CONFLICT),
                PROPAGATION_BUDGET,
                () -> aws.s3().createBucket(request.build()));
    }

    private <T> void configure(BucketSpec spec, String change, Supplier<T> call) {
        aws.call(
                change + " of the bucket " + spec.name(),
                fault -> fault.is(Kind.NOT_FOUND, Kind.CONFLICT),
                PROPAGATION_BUDGET,
                call);
    }

    public void putTags(BucketSpec spec) {
        List<Tag> tags = spec.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        configure(
                spec,
                "set the tags",
                () -> aws.s3()
                        .putBucketTagging(
                                request -> request.bucket(spec.name()).tagging(tagging -> tagging.tagSet(tags))));
    }

    public void blockPublicAccess(BucketSpec spec) {
        configure(
                spec,
                "block public access",
                () -> aws.s3()
                        .putPublicAccessBlock(request -> request.bucket(spec.name())
                                .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)
                                        .blockPublicPolicy(true)
                                        .ignorePublicAcls(true)
                                        .restrictPublicBuckets(true))));
    }

    public void requireTls(BucketSpec spec) {
        configure(
                spec,
                "set the policy",
                () -> aws.s3()
                        .putBucketPolicy(
                                request -> request.bucket(spec.name()).policy(JsonWriter.line(spec.policy()))));
    }

    public void enableEncryption(BucketSpec spec) {
        configure(
                spec,
                "set the encryption",
                () -> aws.s3()
                        .putBucketEncryption(request -> request.bucket(spec.name())
                                .serverSideEncryptionConfiguration(configuration ->
                                        configuration.rules(rule -> rule.applyServerSideEncryptionByDefault(
                                                standard -> standard.sseAlgorithm(ServerSideEncryption.AES256))))));
    }

    public void expireLogs(BucketSpec spec, String keyPrefix) {
        configure(
                spec,
                "set the lifecycle",
                () -> aws.s3()
                        .putBucketLifecycleConfiguration(request -> request.bucket(spec.name())
                                .lifecycleConfiguration(configuration -> configuration.rules(
                                        logs -> logs.id("logs")
                                                .status(ExpirationStatus.ENABLED)
                                                .filter(filter -> filter.prefix(keyPrefix + BucketSpec.LOGS_PREFIX))
                                                .expiration(age -> age.days(BucketSpec.LOG_RETENTION_DAYS)),
                                        uploads -> uploads.id("unfinished-uploads")
                                                .status(ExpirationStatus.ENABLED)
                                                .filter(filter -> filter.prefix(""))
                                                .abortIncompleteMultipartUpload(age -> age.daysAfterInitiation(
                                                        BucketSpec.INCOMPLETE_UPLOAD_RETENTION_DAYS))))));
    }

    /** Uploads a file to a content-addressed key, unless the object exists. */
    public void upload(String bucket, String key, Path path) {
        put(bucket, key, RequestBody.fromFile(path));
    }

    /** Writes text to a content-addressed key, unless the object exists. */
    public void write(String bucket, String key, String text) {
        put(bucket, key, RequestBody.fromString(text));
    }

    private void put(String bucket, String key, RequestBody content) {
        aws.create(
                "upload s3://" + bucket + "/" + key,
                fault -> fault.code().equals("NoSuchBucket") || fault.is(Kind.CONFLICT),
                PROPAGATION_BUDGET,
                () -> aws.s3()
                        .putObject(request -> request.bucket(bucket).key(key).ifNoneMatch("*"), content));
    }

    /** The tags of a bucket; empty when the bucket does not exist. */
    public Optional<Map<String, String>> findTags(String bucket) {
        try {
            Map<String, String> tags = new HashMap<>();
            aws.call(
                            "get the tags of the bucket " + bucket,
                            () -> aws.s3().getBucketTagging(request -> request.bucket(bucket)))
                    .tagSet()
                    .forEach(tag -> tags.put(tag.key(), tag.value()));
            return Optional.of(tags);
        } catch (AwsException fault) {
            if (fault.code().equals("NoSuchTagSet")) {
                return Optional.of(Map.of());
            } else if (fault.is(Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw fault;
        }
    }
}
