package org.emrelay.runner.platform.aws.resource;

import java.util.Objects;

/**
 * Where a cluster is made and for whom: what every name, tag and ARN is composed of.
 *
 * @param partition such as {@code aws}
 * @param workspace the id of the workspace, eight hexadecimal digits
 */
public record AwsScope(String partition, String region, String account, String workspace) {
    /** Stands in a plan, which knows nothing of any account. */
    public static final AwsScope UNKNOWN = new AwsScope("aws", "<region>", "<account>", "<workspace>");

    public AwsScope {
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(workspace, "workspace");
    }

    public String arn(String service, String resource) {
        return String.join(":", "arn", partition, service, region, account, resource);
    }

    public String globalArn(String service, String resource) {
        return String.join(":", "arn", partition, service, "", account, resource);
    }

    public String bucketArn(String path) {
        return String.join(":", "arn", partition, "s3", "", "", path);
    }
}
