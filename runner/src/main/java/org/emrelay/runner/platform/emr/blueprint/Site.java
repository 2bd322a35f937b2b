package org.emrelay.runner.platform.emr.blueprint;

import java.util.Objects;

/**
 * Where a cluster is made and for whom: what every name, tag and ARN is composed of.
 *
 * @param partition such as {@code aws}
 * @param workspace the id of the workspace, eight hexadecimal digits
 */
public record Site(String partition, String region, String account, String workspace) {
    /** Stands in a plan, which knows nothing of any account. */
    public static final Site UNKNOWN = new Site("aws", "<region>", "<account>", "<workspace>");

    public Site {
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(workspace, "workspace");
    }

    String arn(String service, String resource) {
        return String.join(":", "arn", partition, service, region, account, resource);
    }

    String globalArn(String service, String resource) {
        return String.join(":", "arn", partition, service, "", account, resource);
    }

    String bucketArn(String path) {
        return String.join(":", "arn", partition, "s3", "", "", path);
    }
}
