package org.emrelay.runner.platform.aws.ec2;

import java.util.List;
import java.util.Objects;

/**
 * The VPC and subnets of a cluster. They are described beforehand, so cluster specs need no AWS calls.
 *
 * @param subnets of the cluster file, or of the default VPC
 * @param privateSubnets whether they have no route to an internet gateway, so that EMR needs a service access
 *     security group
 */
public record VpcSubnets(String vpcId, List<Subnet> subnets, boolean privateSubnets) {
    /** One subnet. Its ARN contains the owner's account, which may have shared it with this one. */
    public record Subnet(String id, String arn) {
        public Subnet {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(arn, "arn");
        }
    }

    public VpcSubnets {
        Objects.requireNonNull(vpcId, "vpcId");
        subnets = List.copyOf(subnets);
    }
}
