package org.emrelay.runner.platform.aws.s3;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/** The specification of a bucket: no public access, TLS only, expiring logs. */
public record BucketSpec(String name, Map<String, Object> policy, Map<String, String> tags) {
    /** The key prefix of logs. */
    public static final String LOGS_PREFIX = "logs/";

    /** Three months: failures are usually investigated earlier. */
    public static final int LOG_RETENTION_DAYS = 90;

    /** Parts of incomplete uploads incur costs and appear in no object listing. */
    public static final int INCOMPLETE_UPLOAD_RETENTION_DAYS = 7;

    public BucketSpec {
        Objects.requireNonNull(name, "name");
        policy = Collections.unmodifiableMap(new LinkedHashMap<>(policy));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public static BucketSpec of(AwsScope scope, String name, Map<String, String> tags) {
        JsonMap statement = new JsonMap()
                .with("Sid", "TlsOnly")
                .with("Effect", "Deny")
                .with("Principal", "*")
                .with("Action", "s3:*")
                .with("Resource", List.of(scope.bucketArn(name), scope.bucketArn(name + "/*")))
                .with("Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false")));
        return new BucketSpec(name, PolicyDocument.of(List.of(statement)), tags);
    }
}
