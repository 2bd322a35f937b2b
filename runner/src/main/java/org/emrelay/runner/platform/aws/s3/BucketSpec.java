package org.emrelay.runner.platform.aws.s3;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.ResourceNames;

/** A bucket that is to be made: closed to the public, reached by TLS alone, and with logs that do not stay for ever. */
public record BucketSpec(String name, Map<String, Object> policy, Map<String, String> tags) {
    /** Where logs lie in it. */
    public static final String LOGS = "logs/";

    /** A quarter of a year: whoever asks what went wrong asks sooner. */
    public static final int LOGS_KEPT_DAYS = 90;

    /** Parts of uploads that nobody finished cost money and are shown nowhere. */
    public static final int UNFINISHED_UPLOADS_KEPT_DAYS = 7;

    public BucketSpec {
        Objects.requireNonNull(name, "name");
        policy = Collections.unmodifiableMap(new LinkedHashMap<>(policy));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public static BucketSpec of(ResourceNames names, Map<String, String> tags) {
        AwsScope site = names.site();
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", "TlsOnly");
        statement.put("Effect", "Deny");
        statement.put("Principal", "*");
        statement.put("Action", "s3:*");
        statement.put("Resource", List.of(site.bucketArn(names.bucket()), site.bucketArn(names.bucket() + "/*")));
        statement.put("Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false")));
        return new BucketSpec(names.bucket(), PolicyDocument.of(List.of(statement)), tags);
    }
}
