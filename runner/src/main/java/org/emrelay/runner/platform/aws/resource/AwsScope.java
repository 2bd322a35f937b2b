package org.emrelay.runner.platform.aws.resource;

import java.util.Objects;

/**
 * The partition, region, account and workspace of a cluster. Names, tags and ARNs are composed from them.
 *
 * @param partition such as {@code aws}
 * @param workspaceId eight hexadecimal digits
 */
public record AwsScope(String partition, String region, String account, String workspaceId) {
    /** Placeholders for a plan, which knows no account. */
    public static final AwsScope PLACEHOLDERS = new AwsScope("aws", "<region>", "<account>", "<workspace>");

    public AwsScope {
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(workspaceId, "workspaceId");
    }

    public String arn(String service, String resource) {
        return String.join(":", "arn", partition, service, region, account, resource);
    }

    public String globalArn(String service, String resource) {
        return String.join(":", "arn", partition, service, "", account, resource);
    }

    /**
     * The principal of an AWS service that assumes a role. In China it has China's domain, as {@code aws emr
     * create-default-roles} has it.
     */
    public String principal(String service) {
        return service + (partition.equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }

    public String bucketArn(String path) {
        return String.join(":", "arn", partition, "s3", "", "", path);
    }
}
