package org.emrelay.runner.platform.aws.ec2;

import java.util.List;
import java.util.Objects;

/**
 * What is known of the network in which a cluster is made: the blueprint itself asks nobody.
 *
 * @param subnets those of the file, or of the default VPC
 * @param privateSubnets whether they have no way to an internet gateway, so that EMR reaches the nodes through a group of its own
 */
public record VpcSubnets(String vpc, List<Subnet> subnets, boolean privateSubnets) {

    /** One subnet; its ARN tells whose it is, for a subnet may be shared by another account. */
    public record Subnet(String id, String arn) {
        public Subnet {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(arn, "arn");
        }
    }

    public VpcSubnets {
        Objects.requireNonNull(vpc, "vpc");
        subnets = List.copyOf(subnets);
    }
}
