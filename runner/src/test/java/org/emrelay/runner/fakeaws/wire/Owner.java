package org.emrelay.runner.fakeaws.wire;

import java.util.Objects;

/** Whose account it is, and where. */
public record Owner(String account, String region, String caller) {
    public Owner {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(caller, "caller");
    }

    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** IAM knows no regions. */
    public String iamArn(String resource) {
        return "arn:aws:iam::" + account + ":" + resource;
    }
}
