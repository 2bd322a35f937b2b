package org.emrelay.runner.platform.aws.ec2;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Subnets with their route tables and VPC endpoints.
 *
 * @param routeTables empty when the caller may not describe them, because every VPC has one
 */
public record SubnetRouting(List<Subnet> subnets, List<RouteTable> routeTables, List<VpcEndpoint> endpoints) {
    private static final String ANY_IPV4 = "0.0.0.0/0";

    public SubnetRouting {
        subnets = List.copyOf(subnets);
        routeTables = List.copyOf(routeTables);
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Whether the subnet has a route to an internet gateway, in its own route table or its VPC's main one. Without
     * route tables, decides by whether the subnet assigns public IP addresses.
     */
    public boolean isPublic(Subnet subnet) {
        return routeTables.isEmpty() ? Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()) : hasInternetGateway(subnet);
    }

    /** Whether the nodes of a private subnet reach S3, by a default route or an S3 endpoint. */
    public boolean reachesS3(Subnet subnet) {
        return reachesInternet(subnet)
                || routeTable(subnet).stream()
                        .anyMatch(table ->
                                endpoints.stream().anyMatch(endpoint -> isS3EndpointOf(endpoint, table, subnet)));
    }

    /** Whether the nodes of a subnet have a default route, to a NAT gateway or another one. True if that is not known. */
    public boolean reachesInternet(Subnet subnet) {
        return routeTable(subnet)
                .map(table -> defaultRoutes(table).findAny().isPresent())
                .orElse(true);
    }

    /** The gateway endpoints of S3 in the route tables of these subnets. They take precedence over default routes. */
    public List<VpcEndpoint> s3GatewayEndpoints(List<String> subnetIds) {
        List<String> tables = subnets.stream()
                .filter(subnet -> subnetIds.contains(subnet.subnetId()))
                .flatMap(subnet -> routeTable(subnet).stream())
                .map(RouteTable::routeTableId)
                .toList();
        return endpoints.stream()
                .filter(endpoint -> endpoint.routeTableIds().stream().anyMatch(tables::contains))
                .toList();
    }

    private static boolean isS3EndpointOf(VpcEndpoint endpoint, RouteTable routeTable, Subnet subnet) {
        return Objects.toString(endpoint.serviceName(), "").endsWith(".s3")
                && (endpoint.routeTableIds().contains(routeTable.routeTableId())
                        || (subnet.vpcId().equals(endpoint.vpcId())
                                && !endpoint.subnetIds().isEmpty()));
    }

    private boolean hasInternetGateway(Subnet subnet) {
        return routeTable(subnet).stream()
                .flatMap(SubnetRouting::defaultRoutes)
                .anyMatch(route -> Objects.toString(route.gatewayId(), "").startsWith("igw-"));
    }

    private static Stream<Route> defaultRoutes(RouteTable routeTable) {
        return routeTable.routes().stream().filter(route -> ANY_IPV4.equals(route.destinationCidrBlock()));
    }

    /** The subnet's own route table, or its VPC's main one. */
    private Optional<RouteTable> routeTable(Subnet subnet) {
        return routeTables.stream()
                .filter(table -> hasAssociation(table, own -> subnet.subnetId().equals(own.subnetId())))
                .findFirst()
                .or(() -> routeTables.stream()
                        .filter(table -> subnet.vpcId().equals(table.vpcId())
                                && hasAssociation(table, vpc -> Boolean.TRUE.equals(vpc.main())))
                        .findFirst());
    }

    private static boolean hasAssociation(RouteTable table, Predicate<RouteTableAssociation> condition) {
        return table.associations().stream().anyMatch(condition);
    }
}
