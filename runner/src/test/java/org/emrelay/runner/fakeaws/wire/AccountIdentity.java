package org.emrelay.runner.fakeaws.wire;

import java.util.Objects;

/** The account, region and caller that a service acts for; builds ARNs. */
public record AccountIdentity(String accountId, String region, String callerArn) {
    public AccountIdentity {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(callerArn, "callerArn");
    }

    /** The account with the user {@code tester} as the caller. */
    public static AccountIdentity of(String accountId, String region) {
        String callerArn = new AccountIdentity(accountId, region, "").iamArn("user/tester");
        return new AccountIdentity(accountId, region, callerArn);
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

    /** An ARN without a region: IAM is global. */
    public String iamArn(String resource) {
        return "arn:" + partition() + ":iam::" + accountId + ":" + resource;
    }
}
