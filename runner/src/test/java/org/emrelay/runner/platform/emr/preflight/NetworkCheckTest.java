package org.emrelay.runner.platform.emr.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.aws.ec2.Network;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.emr.blueprint.Clusters;
import org.emrelay.runner.platform.emr.preflight.InstanceTypeOfferings.Offer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Which of the default VPC's subnets a cluster can be made in. */
final class NetworkCheckTest {
    private static final Subnet A = subnet("subnet-a", "vpc-1", "us-east-1a");
    private static final Subnet B = subnet("subnet-b", "vpc-1", "us-east-1b");

    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private static Subnet subnet(String id, String vpc, String zone) {
        return Subnet.builder()
                .subnetId(id)
                .vpcId(vpc)
                .availabilityZone(zone)
                .subnetArn("arn:aws:ec2:us-east-1:123456789012:subnet/" + id)
                .build();
    }

    private static RouteTable main(String gateway) {
        return RouteTable.builder()
                .routeTableId("rtb-main")
                .vpcId("vpc-1")
                .associations(RouteTableAssociation.builder().main(true).build())
                .routes(route(gateway))
                .build();
    }

    private static List<Route> route(String gateway) {
        return gateway.isEmpty()
                ? List.of()
                : List.of(Route.builder()
                        .destinationCidrBlock("0.0.0.0/0")
                        .gatewayId(gateway)
                        .build());
    }

    private static RouteTable of(Subnet subnet, String gateway) {
        return RouteTable.builder()
                .routeTableId("rtb-" + subnet.subnetId())
                .vpcId("vpc-1")
                .associations(RouteTableAssociation.builder()
                        .subnetId(subnet.subnetId())
                        .build())
                .routes(route(gateway))
                .build();
    }

    private Optional<VpcSubnets> facts(Network network, Optional<Set<Offer>> offers) {
        return new NetworkCheck(Clusters.root(), network, errors::add, warnings::add).facts(offers);
    }

    private static List<String> ids(Optional<VpcSubnets> facts) {
        return facts.orElseThrow().subnets().stream().map(VpcSubnets.Subnet::id).toList();
    }

    @Test
    void takesPublicSubnetsByTheMainRouteTable() {
        Optional<VpcSubnets> facts =
                facts(new Network(List.of(A, B), List.of(main("igw-1")), List.of()), Optional.empty());

        assertThat(ids(facts)).containsExactly("subnet-a", "subnet-b");
        assertThat(facts.orElseThrow().privateSubnets()).isFalse();
        assertThat(errors).isEmpty();
    }

    @Test
    void goesByThePublicAddressesWhereRouteTablesMayNotBeRead() {
        Subnet open = A.toBuilder().mapPublicIpOnLaunch(true).build();

        Optional<VpcSubnets> facts = facts(new Network(List.of(open, B), List.of(), List.of()), Optional.empty());

        assertThat(ids(facts)).containsExactly("subnet-a");
        assertThat(facts.orElseThrow().privateSubnets()).isFalse();
        assertThat(errors).isEmpty();
    }

    @Test
    void leavesPrivateOnesOfTheDefaultVpcOutBesidePublicOnes() {
        Optional<VpcSubnets> facts =
                facts(new Network(List.of(A, B), List.of(main("igw-1"), of(B, "")), List.of()), Optional.empty());

        assertThat(ids(facts)).containsExactly("subnet-a");
    }

    @Test
    void refusesPrivateSubnetsWithoutAWayToS3() {
        facts(new Network(List.of(A), List.of(main("")), List.of()), Optional.empty());

        assertThat(errors)
                .containsExactly(
                        "The private subnets subnet-a have no way to S3, without which no node starts. Give their"
                                + " route table a gateway endpoint for S3 or a NAT gateway, or an internet gateway, or name other"
                                + " subnets in Ec2SubnetIds.");
    }

    @Test
    void takesPrivateSubnetsWithAnEndpointOfS3() {
        VpcEndpoint endpoint = VpcEndpoint.builder()
                .serviceName("com.amazonaws.us-east-1.s3")
                .routeTableIds("rtb-main")
                .build();

        Optional<VpcSubnets> facts =
                facts(new Network(List.of(A), List.of(main("")), List.of(endpoint)), Optional.empty());

        assertThat(facts.orElseThrow().privateSubnets()).isTrue();
        assertThat(errors).isEmpty();
    }

    @Test
    void leavesZonesOutThatLackMachinesOfAFleet() {
        Network network = new Network(List.of(A, B), List.of(main("igw-1")), List.of());
        Set<Offer> offers = Set.of(new Offer("m5.xlarge", "us-east-1a"), new Offer("m5a.xlarge", "us-east-1b"));

        assertThat(ids(facts(network, Optional.of(offers)))).containsExactly("subnet-a");
        facts(network, Optional.of(Set.of()));
        assertThat(errors)
                .containsExactly(
                        "In none of the subnets' zones does EC2 offer machines for all fleets. Name other instance"
                                + " types or other subnets.");
    }

    @Test
    void saysWhatToDoWithoutADefaultVpc() {
        assertThat(facts(new Network(List.of(), List.of(), List.of()), Optional.empty()))
                .isEmpty();
        assertThat(errors)
                .containsExactly(
                        "This region has no default VPC with subnets. Name subnets in Ec2SubnetIds, or make one"
                                + " with: aws ec2 create-default-vpc");
    }
}
