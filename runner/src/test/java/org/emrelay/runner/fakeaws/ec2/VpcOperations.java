package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Describes networks: VPCs, subnets, route tables, endpoints, NAT gateways, zones and key pairs. */
final class VpcOperations {
    private static final Set<String> DNS_ATTRIBUTES = Set.of("enableDnsSupport", "enableDnsHostnames");

    private final Ec2State ec2;

    VpcOperations(Ec2State ec2) {
        this.ec2 = ec2;
    }

    void addTo(Operations operations) {
        operations
                .add("DescribeVpcs", request -> vpcs().describe(request, List.copyOf(ec2.vpcs.values())))
                .add("DescribeVpcAttribute", this::vpcAttribute)
                .add("DescribeSubnets", request -> subnets().describe(request, List.copyOf(ec2.subnets.values())))
                .add("DescribeRouteTables", request -> routeTables().describe(request, ec2.routeTables))
                .add("DescribeVpcEndpoints", request -> endpoints().describe(request, ec2.endpoints))
                .add("DescribeNatGateways", this::natGateways)
                // Terminated instances leave none.
                .add("DescribeNetworkInterfaces", request -> Fields.of("networkInterfaceSet", List.of()))
                .add("DescribeAvailabilityZones", this::zones)
                .add("DescribeKeyPairs", request -> keyPairs().describe(request, ec2.keyPairs));
    }

    private DescribeOperation<Vpc> vpcs() {
        Filters<Vpc> filters = new Filters<Vpc>(vpc -> vpc.tags)
                .on("vpc-id", vpc -> vpc.id)
                .on("state", vpc -> "available")
                .on("is-default", vpc -> String.valueOf(vpc.isDefault))
                .on("isDefault", vpc -> String.valueOf(vpc.isDefault))
                .on("cidr", vpc -> vpc.cidr);
        return new DescribeOperation<>(
                "vpcSet",
                "VpcId",
                vpc -> vpc.id,
                VpcOperations::noSuchVpc,
                filters,
                vpc -> vpc.fields(ec2.identity.accountId()));
    }

    private static AwsError noSuchVpc(String id) {
        return new AwsError(400, "InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
    }

    /** A call describes one attribute. */
    private Fields vpcAttribute(Tree request) {
        String id = request.text("VpcId", "");
        Vpc vpc = ec2.vpcs.get(id);
        if (vpc == null) {
            throw noSuchVpc(id);
        }
        String attribute = request.text("Attribute", "");
        if (!DNS_ATTRIBUTES.contains(attribute)) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Value (" + attribute + ") for parameter attribute is invalid. Unknown VPC attribute");
        }
        boolean isEnabled = !vpc.disabledDns.contains(attribute);
        return Fields.of("vpcId", id).and(attribute, Fields.of("value", isEnabled));
    }

    private DescribeOperation<Subnet> subnets() {
        Filters<Subnet> filters = new Filters<Subnet>(subnet -> subnet.tags)
                .on("subnet-id", subnet -> subnet.id)
                .on("vpc-id", subnet -> subnet.vpc)
                .on("state", subnet -> "available")
                .on("availability-zone", subnet -> subnet.zone)
                .on("availabilityZone", subnet -> subnet.zone)
                .on("default-for-az", subnet -> String.valueOf(subnet.isDefault))
                .on("defaultForAz", subnet -> String.valueOf(subnet.isDefault));
        return new DescribeOperation<>(
                "subnetSet",
                "SubnetId",
                subnet -> subnet.id,
                id -> new AwsError(400, "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"),
                filters,
                subnet -> subnet.fields(ec2.identity.accountId(), ec2.identity.arn("ec2", "subnet/" + subnet.id)));
    }

    private DescribeOperation<RouteTable> routeTables() {
        Filters<RouteTable> filters = new Filters<RouteTable>(table -> table.tags)
                .on("route-table-id", table -> table.id)
                .on("vpc-id", table -> table.vpc)
                .onAny("association.subnet-id", table -> table.subnets)
                .on("association.main", table -> String.valueOf(table.main))
                .onAny("route.gateway-id", table -> targets(table, "gatewayId"))
                .onAny("route.nat-gateway-id", table -> targets(table, "natGatewayId"));
        return new DescribeOperation<>(
                "routeTableSet",
                "RouteTableId",
                table -> table.id,
                id -> new AwsError(
                        400, "InvalidRouteTableID.NotFound", "The routeTable ID '" + id + "' does not exist"),
                filters,
                table -> table.fields(ec2.identity.accountId()));
    }

    private static List<String> targets(RouteTable table, String key) {
        return table.routes.stream()
                .filter(route -> route.targetKey().equals(key))
                .map(RouteTable.Route::target)
                .toList();
    }

    private DescribeOperation<VpcEndpoint> endpoints() {
        Filters<VpcEndpoint> filters = Filters.<VpcEndpoint>untagged()
                .on("vpc-id", VpcEndpoint::vpc)
                .on("service-name", VpcEndpoint::service)
                .on("vpc-endpoint-type", VpcEndpoint::type)
                .on("vpc-endpoint-state", endpoint -> "available");
        return new DescribeOperation<>(
                "vpcEndpointSet",
                "VpcEndpointId",
                VpcEndpoint::id,
                id -> new AwsError(
                        400, "InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '" + id + "' does not exist"),
                filters,
                endpoint -> endpoint.fields(ec2.identity.accountId()));
    }

    private Fields natGateways(Tree request) {
        Map<String, String> vpcOf = new LinkedHashMap<>();
        for (RouteTable table : ec2.routeTables) {
            targets(table, "natGatewayId").forEach(gateway -> vpcOf.put(gateway, table.vpc));
        }
        Filters<String> filters = Filters.<String>untagged()
                .on("vpc-id", vpcOf::get)
                .on("nat-gateway-id", gateway -> gateway)
                .on("state", gateway -> "available");
        List<Fields> items = filters.apply(request, vpcOf.keySet()).stream()
                .map(gateway -> Fields.of("natGatewayId", gateway)
                        .and("vpcId", vpcOf.get(gateway))
                        .and("state", "available")
                        .and("connectivityType", "public"))
                .toList();
        return Fields.of("natGatewaySet", items);
    }

    private Fields zones(Tree request) {
        Filters<String> filters = Filters.<String>untagged()
                .on("zone-name", zone -> zone)
                .on("state", zone -> "available")
                .on("region-name", zone -> ec2.identity.region());
        List<String> all = new ArrayList<>(
                ec2.subnets.values().stream().map(Subnet::zone).distinct().toList());
        List<Fields> items = filters.apply(request, all).stream()
                .map(zone -> Fields.of("zoneName", zone)
                        .and("zoneState", "available")
                        .and("regionName", ec2.identity.region()))
                .toList();
        return Fields.of("availabilityZoneInfo", items);
    }

    private DescribeOperation<String> keyPairs() {
        return new DescribeOperation<>(
                "keySet",
                "KeyName",
                name -> name,
                name -> new AwsError(400, "InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist"),
                Filters.<String>untagged().on("key-name", name -> name),
                name -> Fields.of("keyPairId", "key-0a1b2c3d4e5f60718")
                        .and("keyName", name)
                        .and("keyType", "rsa")
                        .and("keyFingerprint", "1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f"));
    }
}
