package org.emrelay.runner.platform.aws.stream;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.platform.aws.iam.KmsKey;
import org.emrelay.runner.platform.aws.iam.KmsKeyPolicy;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.jspecify.annotations.Nullable;

/** The specifications of a stream's AWS resources. */
public final class StreamResources {
    /** Errors are investigated within days; records that Firehose could not deliver are below the error prefix. */
    public static final int LOG_RETENTION_DAYS = 7;

    /** The expression for the hour of arrival in UTC. */
    static final String HOUR = "!{timestamp:yyyy/MM/dd/HH}/";

    /** The expression for the type of error, such as {@code processing-failed}. */
    static final String ERROR_TYPE = "!{firehose:error-output-type}/";

    private static final double MEBIBYTE = 1 << 20;

    private final StreamDefinition stream;
    private final StreamOptions options;
    private final StreamNames names;
    private final @Nullable KmsKey bucketKey;
    private final Map<String, String> tags;

    /** @param bucketKey the key with which the existing bucket encrypts; null if S3 or AWS manages the key */
    public StreamResources(StreamDefinition stream, StreamOptions options, AwsScope scope, @Nullable KmsKey bucketKey) {
        this.stream = Objects.requireNonNull(stream, "stream");
        this.options = Objects.requireNonNull(options, "options");
        this.names = new StreamNames(scope, stream.name());
        this.bucketKey = bucketKey;
        Map<String, String> all = new LinkedHashMap<>(names.owner().tags());
        options.tags().forEach(all::putIfAbsent);
        this.tags = Collections.unmodifiableMap(all);
    }

    public StreamNames names() {
        return names;
    }

    /** The owner tags and the user's tags, which each resource gets in its create call. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The existing bucket from the stream file or the cluster file; empty if a bucket is created. */
    public static Optional<String> givenBucket(StreamDefinition stream, StreamOptions options) {
        return Optional.ofNullable(stream.sink().bucket()).or(() -> Optional.ofNullable(options.bucket()));
    }

    /** The bucket to create; empty if an existing one is used. */
    public Optional<BucketSpec> bucket() {
        return givenBucket(stream, options).isPresent()
                ? Optional.empty()
                : Optional.of(BucketSpec.of(names.scope(), names.bucket(), tags));
    }

    public String bucketName() {
        return givenBucket(stream, options).orElseGet(names::bucket);
    }

    /** The role of Firehose: it writes below the prefixes, and to its log stream. */
    public RoleSpec role() {
        AwsScope scope = names.scope();
        return new RoleSpec(
                names.role(),
                PolicyDocument.trust(
                        scope.principal("firehose"), Map.of("StringEquals", Map.of("sts:ExternalId", scope.account()))),
                PolicyDocument.of(statements()),
                List.of(),
                options.permissionsBoundary(),
                tags);
    }

    private List<Map<String, Object>> statements() {
        StreamDefinition.Sink sink = stream.sink();
        List<Map<String, Object>> statements = new ArrayList<>();
        statements.add(allow(
                "FindTheBucket",
                List.of("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"),
                List.of(names.scope().bucketArn(bucketName()))));
        statements.add(allow(
                "WritePosts",
                List.of("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
                List.of(objects(sink.prefix()), objects(sink.errorPrefix()))));
        statements.add(allow(
                "WriteDeliveryErrors",
                List.of("logs:PutLogEvents"),
                List.of(names.scope()
                        .arn("logs", "log-group:" + names.logGroup() + ":log-stream:" + StreamNames.LOG_STREAM))));
        if (bucketKey != null) {
            statements.add(KmsKeyPolicy.forDelivery("EncryptPosts", bucketKey.arn()));
        }
        return statements;
    }

    private String objects(String prefix) {
        return names.scope().bucketArn(bucketName() + "/" + PolicyDocument.escaped(prefix) + "*");
    }

    public DeliveryStreamSpec deliveryStream() {
        StreamDefinition.Sink sink = stream.sink();
        boolean gzip = sink.compression() == Compression.GZIP;
        return new DeliveryStreamSpec(
                names.deliveryStream(),
                names.scope().globalArn("iam", "role/" + names.role()),
                names.scope().bucketArn(bucketName()),
                sink.prefix() + HOUR,
                sink.errorPrefix() + ERROR_TYPE + HOUR,
                (int) Math.round(sink.bufferBytes() / MEBIBYTE),
                (int) sink.bufferTime().toSeconds(),
                gzip,
                gzip ? ".json.gz" : ".json",
                names.logGroup(),
                tags);
    }
}
