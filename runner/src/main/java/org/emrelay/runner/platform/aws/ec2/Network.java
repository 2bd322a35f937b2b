package org.emrelay.runner.platform.aws.ec2;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Subnets with the ways that lead out of them.
 *
 * @param routeTables none where they may not be read, for each VPC has one
 */
public record Network(List<Subnet> subnets, List<RouteTable> routeTables, List<VpcEndpoint> endpoints) {
    private static final String EVERYWHERE = "0.0.0.0/0";

    public Network {
        subnets = List.copyOf(subnets);
        routeTables = List.copyOf(routeTables);
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Whether the subnet has a way to an internet gateway, by its own route table or else its VPC's main one. Where they may not be read, a subnet
     * that gives its machines public addresses is taken for a public one.
     */
    public boolean isPublic(Subnet subnet) {
        return routeTables.isEmpty() ? Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()) : leads(subnet, "igw-");
    }

    /** Whether a private subnet's nodes reach S3: through whatever leads everywhere, or an endpoint of S3 in its route table. */
    public boolean reachesS3(Subnet subnet) {
        RouteTable table = table(subnet);
        if (table == null) {
            return true;
        }
        boolean out = table.routes().stream().anyMatch(route -> EVERYWHERE.equals(route.destinationCidrBlock()));
        return out
                || endpoints.stream()
                        .anyMatch(endpoint ->
                                Objects.toString(endpoint.serviceName(), "").endsWith(".s3")
                                        && (endpoint.routeTableIds().contains(table.routeTableId())
                                                || (endpoint.hasSubnetIds()
                                                        && subnet.vpcId().equals(endpoint.vpcId())
                                                        && !endpoint.subnetIds().isEmpty())));
    }

    private boolean leads(Subnet subnet, String target) {
        RouteTable table = table(subnet);
        if (table == null) {
            return false;
        }
        for (Route route : table.routes()) {
            if (EVERYWHERE.equals(route.destinationCidrBlock())
                    && Objects.toString(route.gatewayId(), "").startsWith(target)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable RouteTable table(Subnet subnet) {
        for (RouteTable table : routeTables) {
            if (table.associations().stream().anyMatch(each -> subnet.subnetId().equals(each.subnetId()))) {
                return table;
            }
        }
        for (RouteTable table : routeTables) {
            if (subnet.vpcId().equals(table.vpcId())
                    && table.associations().stream().anyMatch(each -> Boolean.TRUE.equals(each.main()))) {
                return table;
            }
        }
        return null;
    }
}
