package org.emrelay.runner.platform.aws.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The specification of a delivery stream to S3 with Direct PUT as its source.
 *
 * @param prefix the key prefix with Firehose's expressions
 * @param errorPrefix the key prefix of records that Firehose cannot deliver
 * @param gzip whether Firehose compresses the files
 * @param extension the extension of the files, such as {@code .json.gz}
 */
public record DeliveryStreamSpec(
        String name,
        String roleArn,
        String bucketArn,
        String prefix,
        String errorPrefix,
        int bufferMebibytes,
        int bufferSeconds,
        boolean gzip,
        String extension,
        String logGroup,
        Map<String, String> tags) {
    public DeliveryStreamSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(roleArn, "roleArn");
        Objects.requireNonNull(bucketArn, "bucketArn");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(errorPrefix, "errorPrefix");
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(logGroup, "logGroup");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
