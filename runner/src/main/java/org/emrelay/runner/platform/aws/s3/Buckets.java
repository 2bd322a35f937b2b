package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Creates, configures and deletes S3 buckets, and uploads the files that a cluster starts with. */
public record Buckets(AwsContext aws) {
    /** S3 rejects a location constraint in this region. */
    private static final String NO_LOCATION_CONSTRAINT = "us-east-1";

    private static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(2);

    /** Late writers, such as EMR's log upload, stop within minutes. */
    private static final Duration DELETION_BUDGET = Duration.ofMinutes(5);

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
        ServerSideEncryptionRule rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(ServerSideEncryption.AES256)
                        .build())
                .build();
        configure(
                spec,
                "set the encryption",
                () -> aws.s3()
                        .putBucketEncryption(request -> request.bucket(spec.name())
                                .serverSideEncryptionConfiguration(configuration -> configuration.rules(rule))));
    }

    public void expireLogs(BucketSpec spec, String keyPrefix) {
        expire(
                spec,
                LifecycleRule.builder()
                        .id("logs")
                        .status(ExpirationStatus.ENABLED)
                        .filter(LifecycleRuleFilter.builder()
                                .prefix(keyPrefix + BucketSpec.LOGS_PREFIX)
                                .build())
                        .expiration(LifecycleExpiration.builder()
                                .days(BucketSpec.LOG_RETENTION_DAYS)
                                .build())
                        .build(),
                unfinishedUploads());
    }

    public void expireUploads(BucketSpec spec) {
        expire(spec, unfinishedUploads());
    }

    private static LifecycleRule unfinishedUploads() {
        return LifecycleRule.builder()
                .id("unfinished-uploads")
                .status(ExpirationStatus.ENABLED)
                .filter(LifecycleRuleFilter.builder().prefix("").build())
                .abortIncompleteMultipartUpload(AbortIncompleteMultipartUpload.builder()
                        .daysAfterInitiation(BucketSpec.INCOMPLETE_UPLOAD_RETENTION_DAYS)
                        .build())
                .build();
    }

    private void expire(BucketSpec spec, LifecycleRule... rules) {
        configure(
                spec,
                "set the lifecycle",
                () -> aws.s3()
                        .putBucketLifecycleConfiguration(request -> request.bucket(spec.name())
                                .lifecycleConfiguration(configuration -> configuration.rules(rules))));
    }

    /** Uploads a file to a content-addressed key of a bucket that may be new, unless the object has this content. */
    public void upload(S3Uri target, Path path, Notices notices) {
        try {
            new S3Upload(aws, path, target, TransferListener.NONE, notices, Buckets::isPropagating).execute(true);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static boolean isPropagating(AwsException fault) {
        return fault.code().equals("NoSuchBucket") || FileUpload.isConflict(fault);
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

    /** Counts the current objects, as far as a few calls list them; empty if they cannot be listed. */
    public Optional<BucketSize> size(String bucket) {
        return AwsException.handle(
                () -> Optional.of(new S3Objects(aws).size(new S3Uri(bucket, ""))),
                fault -> Optional.empty(),
                Kind.ACCESS_DENIED,
                Kind.NOT_FOUND);
    }

    /** Deletes the objects below a prefix that ends with a slash. In a versioned bucket, their versions stay. */
    public void deleteObjects(String bucket, String prefix) {
        S3Objects objects = new S3Objects(aws);
        objects.delete(bucket, objects.listBelow(new S3Uri(bucket, prefix.substring(0, prefix.length() - 1))));
    }

    /** The region of a bucket; empty if there is no such bucket. */
    public Optional<String> findRegion(String bucket) {
        return aws.find("get the bucket " + bucket, () -> aws.s3().headBucket(request -> request.bucket(bucket)))
                .map(response -> Objects.requireNonNullElse(response.bucketRegion(), ""));
    }

    /** Deletes a bucket with all object versions, delete markers and incomplete multipart uploads. */
    public void delete(String bucket) {
        aws.delete("delete the bucket " + bucket, DELETION_BUDGET, () -> {
            empty(bucket);
            return aws.s3().deleteBucket(request -> request.bucket(bucket));
        });
    }

    /** Incomplete uploads are not objects, so both listings run in parallel. */
    private void empty(String bucket) {
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            tasks.run(() -> deleteObjects(bucket));
            tasks.run(() -> abortUploads(bucket));
            tasks.join();
        }
    }

    private void deleteObjects(String bucket) {
        boolean more = true;
        while (more) {
            // No page token: the listed versions are deleted before the next listing.
            ListObjectVersionsResponse page = aws.call(
                    "list the object versions in the bucket " + bucket,
                    () -> aws.s3().listObjectVersions(request -> request.bucket(bucket)));
            List<ObjectIdentifier> objects = Stream.concat(
                            page.versions().stream().map(version -> identifier(version.key(), version.versionId())),
                            page.deleteMarkers().stream().map(marker -> identifier(marker.key(), marker.versionId())))
                    .toList();
            if (!objects.isEmpty()) {
                new S3Objects(aws).delete("delete the objects in the bucket " + bucket, bucket, objects);
            }
            more = Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty();
        }
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    private void abortUploads(String bucket) {
        aws.call(
                        "list the multipart uploads in the bucket " + bucket,
                        () -> aws.s3().listMultipartUploads(request -> request.bucket(bucket)))
                .uploads()
                .forEach(upload -> aws.call(
                        "abort a multipart upload in the bucket " + bucket,
                        () -> aws.s3()
                                .abortMultipartUpload(request ->
                                        request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))));
    }
}
