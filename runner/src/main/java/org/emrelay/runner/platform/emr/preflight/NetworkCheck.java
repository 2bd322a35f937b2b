package org.emrelay.runner.platform.emr.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.platform.aws.ec2.Network;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.emr.preflight.InstanceTypeOfferings.Offer;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Judges the subnets that were found: one VPC, all public or all private, a way to S3, and machines of every fleet in at least one zone. */
final class NetworkCheck {
    private final Cluster cluster;
    private final Network network;
    private final Consumer<String> error;
    private final Consumer<String> warning;

    NetworkCheck(Cluster cluster, Network network, Consumer<String> error, Consumer<String> warning) {
        this.cluster = cluster;
        this.network = network;
        this.error = error;
        this.warning = warning;
    }

    /** The subnets that are used; empty when none can be, which is said. */
    Optional<VpcSubnets> facts(Optional<Set<Offer>> offers) {
        boolean given = !cluster.network().subnets().isEmpty();
        if (network.subnets().isEmpty()) {
            error.accept(
                    given
                            ? "None of the subnets of Ec2SubnetIds was found."
                            : "This region has no default VPC with subnets. Name subnets in Ec2SubnetIds, or make one"
                                    + " with: aws ec2 create-default-vpc");
            return Optional.empty();
        }
        List<String> vpcs =
                network.subnets().stream().map(Subnet::vpcId).distinct().toList();
        if (vpcs.size() > 1) {
            error.accept("The subnets of Ec2SubnetIds lie in different VPCs (" + String.join(", ", vpcs)
                    + "): name subnets of one.");
            return Optional.empty();
        }
        List<Subnet> usable = offers.map(known -> withMachines(known, given)).orElse(network.subnets());
        List<Subnet> open = usable.stream().filter(network::isPublic).toList();
        boolean allPrivate = open.isEmpty();
        if (!allPrivate && open.size() < usable.size()) {
            if (given) {
                error.accept(
                        "The subnets of Ec2SubnetIds are partly public and partly private. EMR reaches the nodes of"
                                + " each kind in another way: name subnets of one kind.");
                return Optional.empty();
            }
            usable = open;
        }
        if (allPrivate) {
            checkWayToS3(usable);
        }
        return usable.isEmpty()
                ? Optional.empty()
                : Optional.of(new VpcSubnets(
                        vpcs.get(0), usable.stream().map(this::subnet).toList(), allPrivate));
    }

    private VpcSubnets.Subnet subnet(Subnet subnet) {
        return new VpcSubnets.Subnet(subnet.subnetId(), Objects.toString(subnet.subnetArn(), ""));
    }

    private void checkWayToS3(List<Subnet> subnets) {
        List<String> without = subnets.stream()
                .filter(subnet -> !network.reachesS3(subnet))
                .map(Subnet::subnetId)
                .toList();
        if (!without.isEmpty()) {
            error.accept("The private subnets " + String.join(", ", without)
                    + " have no way to S3, without which no node starts. Give their route table a gateway endpoint for S3"
                    + " or a NAT gateway, or an internet gateway, or name other subnets in Ec2SubnetIds.");
        }
    }

    /** EMR takes one zone for all fleets: one that lacks all types of a fleet is of no use. */
    private List<Subnet> withMachines(Set<Offer> offers, boolean given) {
        List<Subnet> usable = new ArrayList<>();
        for (Subnet subnet : network.subnets()) {
            List<String> lacking = cluster.fleets().stream()
                    .filter(fleet -> !isOffered(fleet, subnet, offers))
                    .map(InstanceFleet::name)
                    .toList();
            if (lacking.isEmpty()) {
                usable.add(subnet);
            } else if (given) {
                warning.accept("In the zone " + subnet.availabilityZone() + " of " + subnet.subnetId()
                        + " EC2 offers no machine of the fleet " + String.join(", ", lacking)
                        + ": the subnet is left out.");
            }
        }
        if (usable.isEmpty()) {
            error.accept(
                    "In none of the subnets' zones does EC2 offer machines for all fleets. Name other instance types"
                            + " or other subnets.");
        }
        return usable;
    }

    private static boolean isOffered(InstanceFleet fleet, Subnet subnet, Set<Offer> offers) {
        return fleet.types().stream()
                .anyMatch(type -> offers.contains(new Offer(type.type(), subnet.availabilityZone())));
    }
}
