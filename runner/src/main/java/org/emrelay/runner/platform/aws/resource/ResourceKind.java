package org.emrelay.runner.platform.aws.resource;

/** The kinds of things that are made on AWS and must not be left behind. */
public enum ResourceKind {
    BUCKET("bucket"),
    ROLE("role"),
    INSTANCE_PROFILE("instance profile"),
    SECURITY_GROUP("security group"),
    SECURITY_CONFIGURATION("security configuration"),
    CLUSTER("cluster");

    private final String words;

    ResourceKind(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
