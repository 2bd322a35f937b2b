package org.emrelay.runner.fakeaws.wire;

import java.util.Objects;

/** The account and region that a service acts for; builds ARNs. */
public record AccountIdentity(String accountId, String region) {
    public AccountIdentity {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(region, "region");
    }

    /** The partition of the region: China's accounts are apart from all others. */
    public String partition() {
        return region.startsWith("cn-") ? "aws-cn" : "aws";
    }

    /** The principal of an AWS service. {@code aws emr create-default-roles} derives it from the domain of the endpoint. */
    public String principal(String service) {
        return service + (partition().equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }

    public String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + region + ":" + accountId + ":" + resource;
    }

    /** The region of IAM's requests. */
    public String iamRegion() {
        return partition().equals("aws-cn") ? "cn-north-1" : "us-east-1";
    }

    /** An ARN without a region: IAM is global. */
    public String iamArn(String resource) {
        return "arn:" + partition() + ":iam::" + accountId + ":" + resource;
    }

    public String stsArn(String resource) {
        return "arn:" + partition() + ":sts::" + accountId + ":" + resource;
    }

    /** An ARN without region and account: bucket names are global. */
    public String s3Arn(String resource) {
        return "arn:" + partition() + ":s3:::" + resource;
    }
}
