package org.emrelay.runner.fakeaws.wire;

import java.util.Objects;

/** The account, region and caller that a service acts for; builds ARNs. */
public record AccountIdentity(String accountId, String region, String callerArn) {
    public AccountIdentity {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(callerArn, "callerArn");
    }

    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + accountId + ":" + resource;
    }

    /** An ARN without a region: IAM is global. */
    public String iamArn(String resource) {
        return "arn:aws:iam::" + accountId + ":" + resource;
    }
}
