package org.emrelay.runner.platform.emr.ledger;

/** The kinds of things that are made on AWS and must not be left behind. */
public enum Kind {
    BUCKET("bucket"),
    ROLE("role"),
    INSTANCE_PROFILE("instance profile"),
    SECURITY_GROUP("security group"),
    SECURITY_CONFIGURATION("security configuration"),
    CLUSTER("cluster");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
