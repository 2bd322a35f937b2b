package org.emrelay.runner.platform.aws.ec2;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
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
        return routeTables.isEmpty() ? Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()) : hasRouteTo(subnet, "igw-");
    }

    /** Whether the nodes of a private subnet reach S3, by a default route or an S3 endpoint. */
    public boolean reachesS3(Subnet subnet) {
        RouteTable routeTable = routeTable(subnet);
        if (routeTable == null) {
            return true;
        }
        boolean hasDefaultRoute =
                routeTable.routes().stream().anyMatch(route -> ANY_IPV4.equals(route.destinationCidrBlock()));
        return hasDefaultRoute
                || endpoints.stream()
                        .anyMatch(endpoint ->
                                Objects.toString(endpoint.serviceName(), "").endsWith(".s3")
                                        && (endpoint.routeTableIds().contains(routeTable.routeTableId())
                                                || (endpoint.hasSubnetIds()
                                                        && subnet.vpcId().equals(endpoint.vpcId())
                                                        && !endpoint.subnetIds().isEmpty())));
    }

    private boolean hasRouteTo(Subnet subnet, String gatewayPrefix) {
        RouteTable routeTable = routeTable(subnet);
        if (routeTable == null) {
            return false;
        }
        for (Route route : routeTable.routes()) {
            if (ANY_IPV4.equals(route.destinationCidrBlock())
                    && Objects.toString(route.gatewayId(), "").startsWith(gatewayPrefix)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable RouteTable routeTable(Subnet subnet) {
        for (RouteTable routeTable : routeTables) {
            if (routeTable.associations().stream()
                    .anyMatch(association -> subnet.subnetId().equals(association.subnetId()))) {
                return routeTable;
            }
        }
        for (RouteTable routeTable : routeTables) {
            if (subnet.vpcId().equals(routeTable.vpcId())
                    && routeTable.associations().stream()
                            .anyMatch(association -> Boolean.TRUE.equals(association.main()))) {
                return routeTable;
            }
        }
        return null;
    }
}
