package org.emrelay.runner.export;

/** A value that is known only where an export is deployed. */
public enum Reference {
    /** The AWS partition. */
    PARTITION,
    REGION,
    ACCOUNT,
    /** The name that the user gives the deployment. Resources are named and tagged with it. */
    DEPLOYMENT,
    /** The name of the bucket that has the uploaded files, and gets outputs and logs. */
    BUCKET,
    /** The ID of a run, part of the URI of its outputs. */
    RUN,
    VPC,
    /** The IDs of the subnets, as a list. */
    SUBNETS,
    /** The ARNs of the subnets, as a list. */
    SUBNET_ARNS,
    /** The name of the service role. */
    SERVICE_ROLE,
    /** The name of the node role. */
    NODE_ROLE,
    /** The name of the instance profile with the node role. */
    NODE_PROFILE,
    /** The ID of the primary node's security group. */
    PRIMARY_GROUP,
    /** The ID of the other nodes' security group. */
    CORE_GROUP,
    /** The ID of EMR's security group in private subnets. */
    ACCESS_GROUP,
    /** The name of the security configuration. */
    SECURITY_CONFIGURATION;

    static final char START = '\uE000';
    static final char END = '\uE001';

    /** What stands for the value in a text. It has characters of the private use area, which no other text of an export has. */
    public String token() {
        return START + name() + END;
    }

    public boolean isList() {
        return this == SUBNETS || this == SUBNET_ARNS;
    }
}
