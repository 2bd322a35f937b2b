package org.emrelay.runner.platform.emr.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries.Offering;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Selects the subnets for the cluster's nodes.
 *
 * <p>The subnets must be in one VPC, all public or all private, with access to S3. At least one zone must offer instances for every fleet.
 */
record NetworkCheck(Cluster cluster, SubnetRouting network, Consumer<String> errors, Consumer<String> warnings) {
    /** Returns the subnets to use. Returns empty if there are none, and reports why. */
    Optional<VpcSubnets> selectSubnets(Optional<Set<Offering>> offerings) {
        boolean isGiven = !cluster.network().subnets().isEmpty();
        if (network.subnets().isEmpty()) {
            errors.accept(
                    isGiven
                            ? "None of the subnets in Ec2SubnetIds exists."
                            : "This region has no default VPC with subnets. List subnets in Ec2SubnetIds, or create a"
                                    + " default VPC with: aws ec2 create-default-vpc");
            return Optional.empty();
        }
        List<String> vpcs =
                network.subnets().stream().map(Subnet::vpcId).distinct().toList();
        if (vpcs.size() > 1) {
            errors.accept("The subnets in Ec2SubnetIds are in different VPCs (" + String.join(", ", vpcs)
                    + "). List subnets of one VPC.");
            return Optional.empty();
        }
        List<Subnet> usable = offerings
                .map(available -> offeringAllFleets(available, isGiven))
                .orElse(network.subnets());
        List<Subnet> publicSubnets = usable.stream().filter(network::isPublic).toList();
        boolean allPrivate = publicSubnets.isEmpty();
        if (!allPrivate && publicSubnets.size() < usable.size()) {
            if (isGiven) {
                errors.accept("Ec2SubnetIds mixes public and private subnets, which EMR reaches in different ways."
                        + " List subnets of one kind.");
                return Optional.empty();
            }
            usable = publicSubnets;
        }
        if (allPrivate) {
            checkS3Access(usable);
        } else {
            usable.forEach(this::checkPublicAddresses);
        }
        return usable.isEmpty()
                ? Optional.empty()
                : Optional.of(new VpcSubnets(
                        vpcs.get(0), usable.stream().map(this::toSubnet).toList(), allPrivate));
    }

    private VpcSubnets.Subnet toSubnet(Subnet subnet) {
        return new VpcSubnets.Subnet(subnet.subnetId(), Objects.toString(subnet.subnetArn(), ""));
    }

    private void checkPublicAddresses(Subnet subnet) {
        if (Boolean.FALSE.equals(subnet.mapPublicIpOnLaunch())) {
            warnings.accept("The public subnet " + subnet.subnetId() + " assigns no public IP addresses. Nodes without"
                    + " one cannot use the internet gateway, so the cluster may fail to start. Switch it on with: aws"
                    + " ec2 modify-subnet-attribute --map-public-ip-on-launch --subnet-id " + subnet.subnetId());
        }
    }

    private void checkS3Access(List<Subnet> subnets) {
        List<String> unreachable = subnets.stream()
                .filter(subnet -> !network.reachesS3(subnet))
                .map(Subnet::subnetId)
                .toList();
        if (!unreachable.isEmpty()) {
            errors.accept("The private subnets " + String.join(", ", unreachable)
                    + " have no route to S3, so no node can start. Add an S3 gateway endpoint, a NAT gateway or an"
                    + " internet gateway to their route table, or list other subnets in Ec2SubnetIds.");
        }
    }

    /** EMR places all fleets in one zone, so a zone must offer at least one instance type of every fleet. */
    private List<Subnet> offeringAllFleets(Set<Offering> offerings, boolean isGiven) {
        List<Subnet> usable = new ArrayList<>();
        for (Subnet subnet : network.subnets()) {
            List<String> missingFleets = cluster.fleets().stream()
                    .filter(fleet -> !isOffered(fleet, subnet, offerings))
                    .map(InstanceFleet::name)
                    .toList();
            if (missingFleets.isEmpty()) {
                usable.add(subnet);
            } else if (isGiven) {
                warnings.accept("Subnet " + subnet.subnetId() + " is not used: EC2 offers no instance type of fleet "
                        + String.join(", ", missingFleets) + " in its zone " + subnet.availabilityZone() + ".");
            }
        }
        if (usable.isEmpty()) {
            errors.accept(
                    "EC2 offers instance types of all fleets in none of the subnets' zones. Choose other instance types"
                            + " or other subnets.");
        }
        return usable;
    }

    private static boolean isOffered(InstanceFleet fleet, Subnet subnet, Set<Offering> offerings) {
        return fleet.types().stream()
                .anyMatch(type -> offerings.contains(new Offering(type.type(), subnet.availabilityZone())));
    }
}
