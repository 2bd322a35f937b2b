package org.emrelay.runner.platform.aws.resource;

/** The kinds of AWS resources that are created and must not leak. */
public enum ResourceKind {
    BUCKET("bucket"),
    ROLE("role"),
    INSTANCE_PROFILE("instance profile"),
    SECURITY_GROUP("security group"),
    SECURITY_CONFIGURATION("security configuration"),
    CLUSTER("cluster"),
    LOG_GROUP("log group"),
    DELIVERY_STREAM("delivery stream");

    private final String label;

    ResourceKind(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
