package org.emrelay.runner.platform.emr.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries.Offering;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.emr.spec.SampleClusters;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Selection of the subnets for a cluster. */
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

    private static RouteTable mainRouteTable(String gateway) {
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

    private static RouteTable routeTable(Subnet subnet, String gateway) {
        return RouteTable.builder()
                .routeTableId("rtb-" + subnet.subnetId())
                .vpcId("vpc-1")
                .associations(RouteTableAssociation.builder()
                        .subnetId(subnet.subnetId())
                        .build())
                .routes(route(gateway))
                .build();
    }

    private Optional<VpcSubnets> select(SubnetRouting network, Optional<Set<Offering>> offerings) {
        return new NetworkCheck(SampleClusters.repositoryRoot(), network, errors::add, warnings::add)
                .selectSubnets(offerings);
    }

    private static List<String> subnetIds(Optional<VpcSubnets> selected) {
        return selected.orElseThrow().subnets().stream()
                .map(VpcSubnets.Subnet::id)
                .toList();
    }

    @Test
    void selectsPublicSubnetsByTheMainRouteTable() {
        Optional<VpcSubnets> selected =
                select(new SubnetRouting(List.of(A, B), List.of(mainRouteTable("igw-1")), List.of()), Optional.empty());

        assertThat(subnetIds(selected)).containsExactly("subnet-a", "subnet-b");
        assertThat(selected.orElseThrow().privateSubnets()).isFalse();
        assertThat(errors).isEmpty();
    }

    @Test
    void usesPublicIpAssignmentIfRouteTablesCannotBeRead() {
        Subnet publicSubnet = A.toBuilder().mapPublicIpOnLaunch(true).build();

        Optional<VpcSubnets> selected =
                select(new SubnetRouting(List.of(publicSubnet, B), List.of(), List.of()), Optional.empty());

        assertThat(subnetIds(selected)).containsExactly("subnet-a");
        assertThat(selected.orElseThrow().privateSubnets()).isFalse();
        assertThat(errors).isEmpty();
    }

    @Test
    void ignoresPrivateSubnetsOfADefaultVpcWithPublicOnes() {
        Optional<VpcSubnets> selected = select(
                new SubnetRouting(List.of(A, B), List.of(mainRouteTable("igw-1"), routeTable(B, "")), List.of()),
                Optional.empty());

        assertThat(subnetIds(selected)).containsExactly("subnet-a");
    }

    @Test
    void rejectsPrivateSubnetsWithoutARouteToS3() {
        select(new SubnetRouting(List.of(A), List.of(mainRouteTable("")), List.of()), Optional.empty());

        assertThat(errors)
                .containsExactly(
                        "The private subnets subnet-a have no route to S3, so no node can start. Add an S3 gateway"
                                + " endpoint, a NAT gateway or an internet gateway to their route table, or list other"
                                + " subnets in Ec2SubnetIds.");
    }

    @Test
    void selectsPrivateSubnetsWithAnS3Endpoint() {
        VpcEndpoint endpoint = VpcEndpoint.builder()
                .serviceName("com.amazonaws.us-east-1.s3")
                .routeTableIds("rtb-main")
                .build();

        Optional<VpcSubnets> selected =
                select(new SubnetRouting(List.of(A), List.of(mainRouteTable("")), List.of(endpoint)), Optional.empty());

        assertThat(selected.orElseThrow().privateSubnets()).isTrue();
        assertThat(errors).isEmpty();
    }

    @Test
    void ignoresZonesThatDoNotOfferAllFleets() {
        SubnetRouting network = new SubnetRouting(List.of(A, B), List.of(mainRouteTable("igw-1")), List.of());
        Set<Offering> offerings =
                Set.of(new Offering("m5.xlarge", "us-east-1a"), new Offering("m5a.xlarge", "us-east-1b"));

        assertThat(subnetIds(select(network, Optional.of(offerings)))).containsExactly("subnet-a");
        select(network, Optional.of(Set.of()));
        assertThat(errors)
                .containsExactly(
                        "EC2 offers instance types of all fleets in none of the subnets' zones. Choose other instance"
                                + " types or other subnets.");
    }

    @Test
    void suggestsARemedyWithoutADefaultVpc() {
        assertThat(select(new SubnetRouting(List.of(), List.of(), List.of()), Optional.empty()))
                .isEmpty();
        assertThat(errors)
                .containsExactly(
                        "This region has no default VPC with subnets. List subnets in Ec2SubnetIds, or create a default"
                                + " VPC with: aws ec2 create-default-vpc");
    }
}
